import { AthanorError, isAbort, type LongWork } from "@athanor/core";
import { identifier, quote, readRelation, withDuck } from "./duck.ts";
import type { Table } from "./table.ts";

/**
 * Runs a SELECT over snapshots, each a view under its source's name.
 *
 * @throws `data/query` with what is wrong in the statement
 */
export function querySnapshots(
  owner: string,
  statement: string,
  snapshots: Readonly<Record<string, string>>,
  work: LongWork = {},
): Promise<Table> {
  return withDuck(async (connection) => {
    await connection.run("SET threads = 1");
    for (const [name, path] of Object.entries(snapshots)) {
      await connection.run(`CREATE VIEW ${identifier(name)} AS SELECT * FROM read_parquet(${quote(path)})`);
    }
    return readRelation(connection, `(${statement})`, `computing ${owner}`, work);
  }).catch((error: unknown) => {
    if (error instanceof AthanorError || isAbort(error)) throw error;
    const message = String((error as Error).message);
    throw new AthanorError(
      "data/query",
      `${owner}: expected an SQL SELECT over ${Object.keys(snapshots).join(", ")}, got ${message.split("\n")[0]}`,
      {
        fix: "Correct the statement.",
        details: { statement, message },
        cause: error,
      },
    );
  });
}
