import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf, type Table } from "../table.ts";
import { checkConnector } from "../testing/check-connector.ts";
import { tsv } from "./tsv.ts";

checkConnector({
  name: "tsv",
  async write(folder, version) {
    const path = join(folder, "a.tsv");
    await writeFile(path, `id\tname\tprice\n${version}\tAnn, Lee\t2.5\n7\t"so" he said\t\n8\t"open\t-1\n`);
    return path;
  },
  connect: (folder) => tsv({ path: join(folder, "a.tsv"), key: ["id"] }),
  plain: (tables: readonly Table[]) => tables.flatMap(rowsOf),
  expected: [
    { id: 1, name: "Ann, Lee", price: 2.5 },
    { id: 7, name: '"so" he said', price: null },
    { id: 8, name: '"open', price: -1 },
  ],
});

describe("tsv", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "athanor-tsv-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const read = async (content: string | Uint8Array, options: Partial<Parameters<typeof tsv>[0]> = {}) => {
    const path = join(folder, `${Math.random()}.tsv${typeof content === "string" ? "" : ".gz"}`);
    await writeFile(path, content);
    for await (const table of tsv({ path, ...options }).open()) return rowsOf(table);
    return expect.unreachable();
  };

  it("takes quotes off when they enclose values", async () => {
    const rows = await read('a\tb\n"x\ty"\t"say ""so"""\n', { quoted: true });
    expect(rows).toEqual([{ a: "x\ty", b: 'say "so"' }]);
  });

  it("reads files without a header, gzipped and in another encoding", async () => {
    const rows = await read(gzipSync(Buffer.from("1\tcafé\n2\tthé\n", "latin1")), {
      header: false,
      columns: ["n", "word"],
      encoding: "latin1",
    });
    expect(rows).toEqual([
      { n: 1, word: "café" },
      { n: 2, word: "thé" },
    ]);
  });

  it("names the line that has too few values", async () => {
    await expect(read("a\tb\n1\t2\n3\n4\t5\n")).rejects.toMatchObject({
      code: "data/broken-row",
      message: expect.stringMatching(/tsv: expected 2 values in line 3/),
    });
  });
});
