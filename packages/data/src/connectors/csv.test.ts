import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf, type Table } from "../table.ts";
import { checkConnector } from "../testing/check-connector.ts";
import { csv } from "./csv.ts";

const text = (last: string) =>
  `id,name,price,sold,on\n1,"Ann, Lee",2.5,true,2024-01-31\n2,书,,false,\n3,${last},-1e300,true,1969-12-31\n`;

checkConnector({
  name: "csv",
  async write(folder, version) {
    const path = join(folder, "a.csv");
    await writeFile(path, text(version === 1 ? "x" : "y"));
    return path;
  },
  connect: (folder) => csv({ path: join(folder, "a.csv"), key: ["id"] }),
  plain: (tables: readonly Table[]) => tables.flatMap(rowsOf),
  expected: [
    { id: 1, name: "Ann, Lee", price: 2.5, sold: true, on: Date.UTC(2024, 0, 31) },
    { id: 2, name: "书", price: null, sold: false, on: null },
    { id: 3, name: "x", price: -1e300, sold: true, on: Date.UTC(1969, 11, 31) },
  ],
});

describe("csv", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "athanor-csv-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const read = async (content: string | Uint8Array, options: Partial<Parameters<typeof csv>[0]> = {}) => {
    const path = join(folder, `${Math.random()}.csv`);
    await writeFile(path, content);
    for await (const table of csv({ path, ...options }).open()) return table;
    throw new Error("no table");
  };

  it.each([
    [
      "a row with too few values",
      "a,b\n1,2\n3\n4,5\n",
      {},
      "data/broken-row",
      /expected 2 values in line 3 of .*csv, got 1/,
    ],
    [
      "a value of the wrong type",
      "a,b\n1,x\n",
      { types: ["b:integer"] },
      "data/wrong-type",
      /b in line 2 of .* to be integer, got "x"/,
    ],
    [
      "a key that occurs twice",
      "a\n7\n7\n",
      { key: ["a"] },
      "data/duplicate-key",
      /each a once, got 7 in rows 1 and 2/,
    ],
    ["a key that is empty", "a,b\n,1\n", { key: ["a"] }, "data/missing-key", /key a in row 1/],
    [
      "a key that is no column",
      "price\n1\n",
      { key: ["prise"] },
      "data/unknown-column",
      /one of the columns price, got prise/,
    ],
    ["bytes that are no text", new Uint8Array([0, 255, 0, 1, 10, 0, 0]), {}, "data/broken-row", /to be delimited text/],
  ])("names %s", async (_, content, options, code, message) => {
    const error = await read(content, options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect((error as { fix: string }).fix).not.toBe("");
  });

  it("takes back a guess that a later row contradicts", async () => {
    const { columns } = await read(`a\n${"1\n".repeat(30_000)}2.5\n`);
    expect(columns[0]!.type).toBe("real");
  });

  it("keeps yes and no as words, true and false as flags", async () => {
    expect(rowsOf(await read("a,b\nyes,true\nno,FALSE\n"))).toEqual([
      { a: "yes", b: true },
      { a: "no", b: false },
    ]);
  });

  it("reads other encodings", async () => {
    expect(rowsOf(await read(Uint8Array.from([110, 10, 0xe9, 10]), { encoding: "latin1" }))).toEqual([{ n: "é" }]);
  });

  const movielens = join(process.env.ATHANOR_DATA ?? "../shared/data", "movielens-100k");
  it.skipIf(!existsSync(movielens))("counts the rows of MovieLens (skipped without the folder)", async () => {
    const count = async (options: Parameters<typeof csv>[0]) => {
      for await (const { rows } of csv(options).open()) return rows;
    };
    expect(await count({ path: join(movielens, "u.data"), delimiter: "\t", header: false })).toBe(100_000);
    expect(await count({ path: join(movielens, "u.item"), delimiter: "|", header: false, encoding: "latin1" })).toBe(
      1682,
    );
    expect(await count({ path: join(movielens, "u1.test.gz"), delimiter: "\t", header: false })).toBe(20_000);
  });
});
