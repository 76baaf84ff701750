import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { AthanorError } from "@athanor/core";

/** A file inside an archive. */
export interface ZipEntry {
  /** Its path inside, with slashes. */
  readonly name: string;
  read(): Buffer;
}

const [stored, deflated] = [0, 8];
const [endMark, entryMark] = [0x06054b50, 0x02014b50];

/**
 * The files of a zip archive in the order of their names; each is unpacked when it is read.
 *
 * @throws `data/broken-archive`
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZip(path: string): readonly ZipEntry[] {
  const broken = (got: string) =>
    new AthanorError("data/broken-archive", `Zip: expected ${path} to be an archive below 4 GB, got ${got}`, {
      fix: "Make the archive again, or unpack it and give the folder.",
      details: { path },
    });
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(Buffer.of(0x50, 0x4b, 0x05, 0x06));
  if (end < 0 || bytes.length < end + 22 || bytes.readUInt32LE(end) !== endMark) throw broken("no end of its index");
  const count = bytes.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) throw broken(`no entry ${i} in its index`);
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const head = bytes.readUInt32LE(at + 42);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    at += 46 + nameLength + extra + comment;
    if (name.endsWith("/")) continue;
    entries.push({
      name,
      read() {
        const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
        const packed = bytes.subarray(from, from + size);
        if (method === stored) return packed;
        if (method === deflated) return inflateRawSync(packed);
        throw broken(`${name} packed by method ${method}`);
      },
    });
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
