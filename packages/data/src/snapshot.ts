import type { LongWork } from "@athanor/core";
import { identifier, quote, readRelation, withDuck } from "./duck.ts";
import { type Column, type ColumnType, cellOf, type Table } from "./table.ts";

const storedTypes: Readonly<Record<ColumnType, string>> = {
  integer: "DOUBLE",
  real: "DOUBLE",
  time: "TIMESTAMP",
  flag: "BOOLEAN",
  text: "VARCHAR",
};

/** Writes a table as one Parquet file; the same table gives the same bytes. */
export async function writeSnapshot({ columns, rows }: Table, path: string, { signal }: LongWork = {}): Promise<void> {
  await withDuck(async (connection) => {
    const { DuckDBTimestampValue } = await import("@duckdb/node-api");
    await connection.run("SET threads = 1");
    await connection.run(
      `CREATE TABLE snapshot (${columns.map(({ name, type }) => `${identifier(name)} ${storedTypes[type]}`).join(", ")})`,
    );
    const appender = await connection.createAppender("snapshot");
    for (let row = 0; row < rows; row++) {
      for (const column of columns) {
        const cell = cellOf(column, row);
        if (cell === null) appender.appendNull();
        else if (column.type === "text") appender.appendVarchar(cell as string);
        else if (column.type === "flag") appender.appendBoolean(cell as boolean);
        else if (column.type === "time")
          appender.appendTimestamp(new DuckDBTimestampValue(BigInt(Math.round((cell as number) * 1000))));
        else appender.appendDouble(cell as number);
      }
      appender.endRow();
      if (row % 8192 === 8191) {
        appender.flushSync();
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
      }
    }
    appender.closeSync();
    const selected = columns.map((column) => stored(column)).join(", ");
    await connection.run(
      `COPY (SELECT ${selected} FROM snapshot) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)`,
    );
  });
}

/** Whole numbers are kept as such, so that reading gives the same types back. */
const stored = ({ name, type }: Column): string =>
  type === "integer" ? `CAST(${identifier(name)} AS BIGINT) AS ${identifier(name)}` : identifier(name);

/** Reads a snapshot back. */
export const readSnapshot = (path: string, work: LongWork = {}): Promise<Table> =>
  withDuck((connection) => readRelation(connection, `read_parquet(${quote(path)})`, "reading a snapshot", work));
