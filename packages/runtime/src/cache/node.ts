import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import { hashBytes } from "@athanor/core";
import type { Caches, GraphCache } from "./graph-cache.ts";

const ending = ".graph";
const hashLength = 64;
const versionOf = (path: string | URL): string => JSON.parse(readFileSync(path, "utf8")).version;
const encoder = new TextEncoder();

export const caches: Caches = {
  get platform() {
    return [
      versionOf(new URL("../../package.json", import.meta.url)),
      versionOf(createRequire(import.meta.url).resolve("onnxruntime-node/package.json")),
      process.arch,
      cpus()[0]?.model ?? "",
      instructionSets(),
    ];
  },
  open: (folder, { maxBytes = 2 ** 28 } = {}) => folderCache(folder, maxBytes),
};

/** What the processor knows, where the system tells: machines of one name may differ in it, above all virtual ones. */
function instructionSets(): string {
  try {
    return /^(?:flags|Features)\s*:.*$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[0] ?? "";
  } catch {
    return "";
  }
}

/** A file for each key: the hash of its content, then the content. Files are renamed into place, so that none is seen half written. */
function folderCache(folder: string, maxBytes: number): GraphCache {
  const pathOf = (key: string) => join(folder, `${key}${ending}`);
  return {
    async read(key) {
      const file = await readFile(pathOf(key)).catch(() => undefined);
      const content = file?.subarray(hashLength);
      if (content === undefined || file!.subarray(0, hashLength).toString() !== hashBytes(content)) return undefined;
      const now = new Date();
      await utimes(pathOf(key), now, now).catch(() => undefined);
      return content;
    },
    async write(key, bytes) {
      const temporary = join(folder, `${key}.${process.pid}-${performance.now()}.tmp`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(temporary, [encoder.encode(hashBytes(bytes)), bytes]);
        await rename(temporary, pathOf(key));
        await removeOldest(folder, maxBytes);
      } catch {
        // A folder that cannot be written is no reason not to train.
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** Removes the files that were used longest ago until the others fit. */
async function removeOldest(folder: string, maxBytes: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), ...(await times(folder, name)) })),
  );
  let total = 0;
  for (const { path, size } of files.sort((a, b) => b.usedMs - a.usedMs)) {
    total += size;
    if (total > maxBytes) await rm(path, { force: true });
  }
}

/** Another process may have removed a file since it was listed. */
const times = (folder: string, name: string) =>
  stat(join(folder, name)).then(
    ({ size, mtimeMs }) => ({ size, usedMs: mtimeMs }),
    () => ({ size: 0, usedMs: 0 }),
  );
