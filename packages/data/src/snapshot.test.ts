import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { querySnapshots } from "./query-snapshots.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";
import { rowsOf, type Table, tableFromRows } from "./table.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "athanor-snapshot-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const table: Table = {
  rows: 3,
  columns: [
    { name: "when", type: "time", values: Float64Array.of(0, Number.NaN, -86_400_000), valid: Uint8Array.of(1, 0, 1) },
    ...tableFromRows([
      { n: 1, x: 0.1, t: "𝄞 'quoted' \"双\"", f: true },
      { n: null, x: null, t: null, f: null },
      { n: -(2 ** 53), x: 5e-324, t: "", f: false },
    ]).columns,
  ],
};

it("keeps every type, missing values and any text, in bytes that depend on the table alone", async () => {
  const [a, b] = [join(folder, "a.parquet"), join(folder, "b.parquet")];
  await writeSnapshot(table, a);
  await writeSnapshot(table, b);
  const back = await readSnapshot(a);
  expect(rowsOf(back)).toEqual(rowsOf(table));
  expect(back.columns.map(({ type }) => type)).toEqual(table.columns.map(({ type }) => type));
  expect(await readFile(a)).toEqual(await readFile(b));
});

it("keeps an empty table's columns", async () => {
  const path = join(folder, "empty.parquet");
  await writeSnapshot(
    {
      rows: 0,
      columns: table.columns.map(
        (column) =>
          (column.type === "text"
            ? { ...column, codes: new Int32Array(0) }
            : { ...column, values: column.values.slice(0, 0) }) as never,
      ),
    },
    path,
  );
  const back = await readSnapshot(path);
  expect([back.rows, back.columns.map(({ name }) => name)]).toEqual([0, ["when", "n", "x", "t", "f"]]);
});

it("answers SQL over snapshots, and says what is wrong in a statement", async () => {
  const path = join(folder, "q.parquet");
  await writeSnapshot(tableFromRows([{ a: 1 }, { a: 5 }]), path);
  expect(rowsOf(await querySnapshots("big", "SELECT a * 2 AS b FROM numbers WHERE a > 2", { numbers: path }))).toEqual([
    { b: 10 },
  ]);
  await expect(querySnapshots("big", "SELEC 1", { numbers: path })).rejects.toMatchObject({ code: "data/query" });
});
