import { globSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { AthanorError } from "@athanor/core";
import { findFiles, fingerprintFiles } from "./find-files.ts";
import { readZip } from "./read-zip.ts";

/** A file of a folder or an archive. */
export interface LabelledFile {
  /** Its path inside. */
  readonly path: string;
  /** The folder it lies in. */
  readonly folder: string;
  read(): Buffer;
}

const isArchive = (path: string) => extname(path).toLowerCase() === ".zip";

/**
 * The files with certain endings in a folder or a zip archive, in the order of their paths.
 *
 * @throws `data/missing-file`, `data/broken-archive`
 */
export function labelledFiles(owner: string, path: string, endings: readonly string[]): readonly LabelledFile[] {
  const isWanted = (name: string) => endings.includes(extname(name).toLowerCase().slice(1));
  const folderOf = (name: string) => basename(dirname(name));
  const files = isArchive(path)
    ? archived(owner, path).map(({ name, read }) => ({ path: name, folder: folderOf(name), read }))
    : globSync("**/*", { cwd: path })
        .sort()
        .map((name) => ({
          path: name,
          folder: folderOf(join(path, name)),
          read: () => readFileSync(join(path, name)),
        }));
  const found = files.filter((file) => isWanted(file.path));
  if (found.length > 0) return found;
  throw missing(owner, path, endings);
}

/** Hash over the names and contents of such files, or the archive they lie in. */
export const fingerprintLabelled = (
  owner: string,
  path: string,
  endings: readonly string[],
  work: Parameters<typeof fingerprintFiles>[1],
): Promise<string> =>
  fingerprintFiles(
    isArchive(path) ? findFiles(owner, path) : labelledFiles(owner, path, endings).map((file) => join(path, file.path)),
    work,
  );

function archived(owner: string, path: string) {
  try {
    return readZip(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missing(owner, path, ["zip"]);
    throw error;
  }
}

const missing = (owner: string, path: string, endings: readonly string[]) =>
  new AthanorError("data/missing-file", `${owner}: expected files (.${endings.join(", .")}) in ${path}, got none`, {
    fix: "Correct the path; it is relative to the folder of learn.config.ts.",
    details: { path },
  });
