import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AthanorError } from "@athanor/core";

/** Content-addressed blobs: written under a temporary name, synced, renamed; a name that exists is whole. */
export interface ObjectStore {
  put(bytes: Uint8Array): Promise<string>;
  /** Takes over a finished file by content, without reading it into memory. */
  putFile(path: string): Promise<string>;
  get(hash: string): Promise<Uint8Array>;
  has(hash: string): Promise<boolean>;
  path(hash: string): string;
  /** A fresh path inside the store for a file under construction. */
  scratch(): Promise<string>;
}

/** Opens the store in a folder and clears what a killed process left unfinished. */
export async function openObjectStore(folder: string): Promise<ObjectStore> {
  const unfinished = join(folder, "tmp");
  const path = (hash: string) => join(folder, hash.slice(0, 2), hash.slice(2));
  const scratch = async () => {
    await mkdir(unfinished, { recursive: true });
    return join(unfinished, `${process.pid}-${randomBytes(6).toString("hex")}`);
  };
  const has = (hash: string) =>
    stat(path(hash)).then(
      () => true,
      () => false,
    );
  const adopt = async (temporary: string, hash: string) => {
    await mkdir(dirname(path(hash)), { recursive: true });
    await rename(temporary, path(hash));
    await syncFolder(dirname(path(hash)));
    return hash;
  };
  await removeAbandoned(unfinished);

  return {
    path,
    has,
    scratch,
    async put(bytes) {
      const hash = createHash("sha256").update(bytes).digest("hex");
      if (await has(hash)) return hash;
      const temporary = await scratch();
      await guardDisk(folder, temporary, async () => {
        const file = await open(temporary, "wx");
        await closing(file, async () => {
          await file.writeFile(bytes);
          await file.sync();
        });
      });
      return adopt(temporary, hash);
    },
    async putFile(source) {
      const digest = createHash("sha256");
      for await (const chunk of createReadStream(source)) digest.update(chunk as Uint8Array);
      const hash = digest.digest("hex");
      if (await has(hash)) {
        await rm(source, { force: true });
        return hash;
      }
      const file = await open(source, "r+");
      await closing(file, () => file.sync());
      return adopt(source, hash);
    },
    async get(hash) {
      try {
        return await readFile(path(hash));
      } catch (cause) {
        throw new AthanorError("workspace/missing-object", `Object store: expected ${path(hash)}, got no such file`, {
          fix: "Run `athanor learn`; it makes again what is missing.",
          details: { hash },
          cause,
        });
      }
    },
  };
}

async function closing(file: FileHandle, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await closing(handle, () => handle.sync());
}

/** Removes what no living process is writing. */
async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const abandoned = names.filter((name) => !isAlive(Number(name.split("-")[0])));
  await Promise.all(abandoned.map((name) => rm(join(folder, name), { force: true, recursive: true })));
}

/** True when a process of this machine has the id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Runs a write; on failure nothing half-written stays.
 *
 * @throws `workspace/disk-full` when the disk has no room
 */
export async function guardDisk<T>(folder: string, temporary: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    await rm(temporary, { force: true });
    throw isDiskFull(error) ? diskFull(folder, error) : error;
  }
}

/** True for "no space left", as Node, SQLite or DuckDB say it. */
export const isDiskFull = (error: unknown): boolean => {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    code === "ENOSPC" ||
    code === "SQLITE_FULL" ||
    /no space left on device|database or disk is full/i.test(message ?? "")
  );
};

export const diskFull = (folder: string, cause: unknown): AthanorError =>
  new AthanorError("workspace/disk-full", `Workspace: expected room on the disk of ${folder}, got none left`, {
    fix: "Free some space and run the command again; finished steps are kept.",
    details: { folder },
    cause,
  });
