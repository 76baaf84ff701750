/** A file of an archive. */
export interface TarFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const blockLength = 512;

/**
 * The files of a tar archive, with the long names of either extension.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 */
export function* readTar(archive: Uint8Array): Generator<TarFile> {
  const decoder = new TextDecoder();
  const textAt = (start: number, length: number) =>
    decoder.decode(archive.subarray(start, start + length)).replace(/\0.*$/s, "");
  let longName: string | undefined;
  for (let at = 0; at + blockLength <= archive.length && archive[at] !== 0; ) {
    const size = Number.parseInt(textAt(at + 124, 12).trim() || "0", 8);
    const kind = textAt(at + 156, 1);
    const start = at + blockLength;
    const [prefix, name] = [textAt(at + 257, 5) === "ustar" ? textAt(at + 345, 155) : "", textAt(at, 100)];
    if (kind === "L") longName = textAt(start, size);
    else if (kind === "x") longName = /\d+ path=(.*)\n/.exec(textAt(start, size))?.[1] ?? longName;
    else {
      const path = longName ?? (prefix === "" ? name : `${prefix}/${name}`);
      longName = undefined;
      if (kind === "" || kind === "0") yield { path, bytes: archive.subarray(start, start + size) };
    }
    at = start + Math.ceil(size / blockLength) * blockLength;
  }
}
