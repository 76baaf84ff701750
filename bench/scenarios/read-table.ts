import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csv, parquet, type Reader, type Table } from "@athanor/data";
import { DuckDBInstance } from "@duckdb/node-api";
import { median } from "../median.ts";

const rows = 1_000_000;
const columns = 20;
const rounds = 5;

/** A million rows of twenty number columns, from CSV and from Parquet into typed arrays. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "athanor-bench-"));
  try {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const select = Array.from({ length: columns }, (_, i) =>
      i % 2 === 0 ? `(random() * 1000000)::INTEGER AS c${i}` : `random() AS c${i}`,
    ).join(", ");
    await connection.run(`SELECT setseed(0.5); CREATE TABLE numbers AS SELECT ${select} FROM range(${rows})`);
    await connection.run(`COPY numbers TO '${folder}/numbers.csv'; COPY numbers TO '${folder}/numbers.parquet'`);
    connection.closeSync();
    const read = async (reader: Reader<Table>): Promise<number> => {
      const from = performance.now();
      for await (const table of reader.open()) {
        if (table.rows !== rows || table.columns.length !== columns) throw new Error("bench: expected the whole table");
      }
      return (performance.now() - from) / 1000;
    };
    const seconds: Record<"csv" | "parquet", number[]> = { csv: [], parquet: [] };
    for (let round = 0; round < rounds; round++) {
      seconds.csv.push(await read(csv({ path: join(folder, "numbers.csv") })));
      seconds.parquet.push(await read(parquet({ path: join(folder, "numbers.parquet") })));
      log(`csv ${seconds.csv.at(-1)!.toFixed(2)} s, parquet ${seconds.parquet.at(-1)!.toFixed(2)} s`);
    }
    const figure = (values: readonly number[]) => ({ median: median(values), best: Math.min(...values) });
    return {
      rows,
      columns,
      csvSeconds: figure(seconds.csv),
      parquetSeconds: figure(seconds.parquet),
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
