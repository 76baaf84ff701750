import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { readZip } from "./read-zip.ts";

/** An archive of files, the first stored as it is, the others deflated. */
function zip(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const locals: Buffer[] = [];
  const index: Buffer[] = [];
  let at = 0;
  for (const [i, [name, text]] of files.entries()) {
    const [plain, path] = [Buffer.from(text), Buffer.from(name)];
    const packed = i === 0 ? plain : deflateRawSync(plain);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(i === 0 ? 0 : 8, 4);
    about.writeUInt32LE(crc32(plain), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(plain.length, 18);
    about.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    locals.push(Buffer.from("PK\x03\x04"), about, path, packed);
    index.push(Buffer.from("PK\x01\x02\x14\x00"), about, place, path);
    at += 30 + path.length + packed.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(Buffer.concat(index).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, ...index, Buffer.from("PK\x05\x06"), end]);
}

it("reads what is stored and what is deflated, in the order of names, and refuses what is no archive", async ({
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "athanor-zip-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "a.zip");
  await writeFile(
    path,
    zip([
      ["b/two.txt", "second"],
      ["a/", ""],
      ["a/one.txt", "first ".repeat(50)],
    ]),
  );
  expect(readZip(path).map(({ name, read }) => [name, read().toString()])).toEqual([
    ["a/one.txt", "first ".repeat(50)],
    ["b/two.txt", "second"],
  ]);
  await writeFile(path, "no archive");
  expect(() => readZip(path)).toThrow(expect.objectContaining({ code: "data/broken-archive" }));
});
