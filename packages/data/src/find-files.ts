import { globSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { AthanorError, hashBytes, type LongWork, nearestName } from "@athanor/core";
import { hashFile } from "./hash-file.ts";

/**
 * The files that a path or a glob pattern names, sorted.
 *
 * @throws `data/missing-file` naming the nearest existing file
 */
export function findFiles(owner: string, pattern: string): readonly string[] {
  const isGlob = /[*?{[]/.test(pattern);
  const files = isGlob
    ? globSync(pattern)
        .filter((path) => statSync(path).isFile())
        .sort()
    : statSync(pattern, { throwIfNoEntry: false })?.isFile()
      ? [pattern]
      : [];
  if (files.length > 0) return files;
  const near = isGlob ? undefined : nearestName(basename(pattern), namesIn(dirname(pattern)));
  throw new AthanorError(
    "data/missing-file",
    `${owner}: expected ${isGlob ? "files that match" : "the file"} ${pattern}, got none`,
    {
      fix: near
        ? `Did you mean ${join(dirname(pattern), near)}?`
        : "Correct the path; it is relative to the folder of learn.config.ts.",
      details: { path: pattern },
    },
  );
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Hash over the names and contents of files. */
export async function fingerprintFiles(files: readonly string[], { signal }: LongWork = {}): Promise<string> {
  const folder = dirname(files[0] ?? ".");
  const hashes: string[] = [];
  for (const file of files) hashes.push(`${relative(folder, file)}:${await hashFile(file, signal)}`);
  return hashBytes(hashes.join("\n"));
}
