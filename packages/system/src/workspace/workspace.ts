import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type SQLite from "better-sqlite3";
import { type Database, openDatabase } from "./database.ts";
import { diskFull, isDiskFull, type ObjectStore, openObjectStore } from "./object-store.ts";

/** An open `.athanor` folder: the record, the objects, and where they lie. */
export interface Workspace extends AsyncDisposable {
  /** The project's folder, which holds `learn.config.ts`. */
  readonly directory: string;
  readonly folder: string;
  readonly database: Database;
  readonly connection: SQLite.Database;
  readonly objects: ObjectStore;
}

/** Opens the workspace of a project's folder, creating it when it is not there. */
export async function openWorkspace(directory: string): Promise<Workspace> {
  const folder = join(resolve(directory), ".athanor");
  try {
    await mkdir(folder, { recursive: true });
    const objects = await openObjectStore(join(folder, "objects"));
    const { database, connection } = await openDatabase(join(folder, "athanor.db"));
    return {
      directory: resolve(directory),
      folder,
      database,
      connection,
      objects,
      [Symbol.asyncDispose]: () => database.destroy(),
    };
  } catch (error) {
    throw isDiskFull(error) ? diskFull(folder, error) : error;
  }
}
