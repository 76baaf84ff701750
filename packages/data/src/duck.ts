import { type LongWork, yieldToEventLoop } from "@athanor/core";
import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import type { Column, ColumnType, Table } from "./table.ts";

/** Runs work on a DuckDB of its own, in memory. */
export async function withDuck<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A text as an SQL literal. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** A name as an SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const columnType = (type: string): ColumnType => {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)$/.test(type)) return "integer";
  if (/^(FLOAT|DOUBLE|DECIMAL.*)$/.test(type)) return "real";
  if (type === "BOOLEAN") return "flag";
  return /^(DATE|TIMESTAMP.*)$/.test(type) ? "time" : "text";
};

const casts: Readonly<Record<ColumnType, (name: string) => string>> = {
  integer: (name) => `CAST(${name} AS DOUBLE)`,
  real: (name) => `CAST(${name} AS DOUBLE)`,
  time: (name) => `CAST(epoch_ms(CAST(${name} AS TIMESTAMP)) AS DOUBLE)`,
  flag: (name) => name,
  text: (name) => `CAST(${name} AS VARCHAR)`,
};

/** Names and types of a relation's columns, without reading it. */
export async function describeRelation(
  connection: DuckDBConnection,
  relation: string,
): Promise<readonly { readonly name: string; readonly type: ColumnType }[]> {
  const rows = await (await connection.run(`DESCRIBE SELECT * FROM ${relation}`)).getRowObjects();
  return rows.map((row) => ({ name: String(row.column_name), type: columnType(String(row.column_type)) }));
}

/** Reads a relation (a table function or a subquery) into typed columns, chunk by chunk. */
export async function readRelation(
  connection: DuckDBConnection,
  relation: string,
  stage: string,
  work: LongWork = {},
): Promise<Table> {
  work.signal?.throwIfAborted();
  await connection.run(`CREATE OR REPLACE TEMP TABLE relation AS SELECT * FROM ${relation}`);
  const specs = await describeRelation(connection, "relation");
  const counted = await (await connection.run("SELECT count(*) AS n FROM relation")).getRowObjects();
  const rows = Number(counted[0]!.n);
  const columns = specs.map(({ name, type }) => new Filler(name, type, rows));
  if (specs.length > 0) {
    const result = await connection.stream(
      `SELECT ${specs.map(({ name, type }) => `${casts[type](identifier(name))} AS ${identifier(name)}`).join(", ")} FROM relation`,
    );
    let done = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      for (const [i, column] of columns.entries()) column.take(chunk, i, done);
      done += chunk.rowCount;
      if (done % 65_536 < chunk.rowCount) {
        work.onProgress?.({ stage, done, total: rows, unit: "rows" });
        await yieldToEventLoop(work.signal);
      }
    }
  }
  return { rows, columns: columns.map((column) => column.finish()) };
}

interface NumericVector {
  readonly items: Float64Array;
  readonly validity: { readonly data: BigUint64Array | null; itemValid(index: number): boolean };
}

const allPresent = 2n ** 64n - 1n;

/** Presence comes 64 rows a word; most chunks miss nothing and need no look at each row. */
function isAllPresent(words: BigUint64Array | null, rows: number): boolean {
  if (words === null) return true;
  const whole = Math.floor(rows / 64);
  for (let i = 0; i < whole; i++) if (words[i] !== allPresent) return false;
  const tail = 2n ** BigInt(rows % 64) - 1n;
  return rows % 64 === 0 || (words[whole]! & tail) === tail;
}

/** One column under construction. */
class Filler {
  readonly #name: string;
  readonly #type: ColumnType;
  readonly #values: Float64Array | Uint8Array | Int32Array;
  readonly #positions = new Map<string, number>();
  #valid: Uint8Array | undefined;

  constructor(name: string, type: ColumnType, rows: number) {
    this.#name = name;
    this.#type = type;
    this.#values =
      type === "text" ? new Int32Array(rows).fill(-1) : type === "flag" ? new Uint8Array(rows) : new Float64Array(rows);
  }

  take(chunk: DuckDBDataChunk, index: number, start: number): void {
    const vector = chunk.getColumnVector(index);
    const values = this.#values;
    if (this.#type !== "text" && this.#type !== "flag") {
      const { items, validity } = vector as unknown as NumericVector;
      values.set(items.subarray(0, chunk.rowCount), start);
      if (isAllPresent(validity.data, chunk.rowCount)) return;
      for (let i = 0; i < chunk.rowCount; i++) if (!validity.itemValid(i)) this.#miss(start + i, Number.NaN);
      return;
    }
    for (let i = 0; i < chunk.rowCount; i++) {
      const item = vector.getItem(i);
      if (item === null) this.#miss(start + i, this.#type === "text" ? -1 : 0);
      else values[start + i] = this.#type === "text" ? this.#code(item as string) : Number(item);
    }
  }

  #miss(row: number, value: number): void {
    this.#values[row] = value;
    if (this.#type === "text") return;
    this.#valid ??= new Uint8Array(this.#values.length).fill(1);
    this.#valid[row] = 0;
  }

  #code(text: string): number {
    const known = this.#positions.get(text);
    if (known !== undefined) return known;
    this.#positions.set(text, this.#positions.size);
    return this.#positions.size - 1;
  }

  finish(): Column {
    const [name, type, values, valid] = [this.#name, this.#type, this.#values, this.#valid];
    if (type === "text") return { name, type, codes: values as Int32Array, dictionary: [...this.#positions.keys()] };
    return { name, type, values, valid } as Column;
  }
}
