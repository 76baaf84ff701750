import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { rowsOf, type Table } from "../table.ts";
import { checkConnector } from "../testing/check-connector.ts";
import { conll } from "./conll.ts";

checkConnector({
  name: "conll",
  async write(folder, version) {
    const path = join(folder, "a.conll");
    await writeFile(path, `-DOCSTART- O\n\nAnn NN B-PER\nis VB O\n\n\n${version === 1 ? "高" : "勇"} X B-NAME\n`);
    return path;
  },
  connect: (folder) => conll({ path: join(folder, "a.conll") }),
  plain: (tables: readonly Table[]) => tables.flatMap(rowsOf),
  expected: [
    { tokens: "Ann is", tags: "B-PER O" },
    { tokens: "高", tags: "B-NAME" },
  ],
});

it("names the line that has no tag", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "conll-")), "b.conll");
  await writeFile(path, "Ann B-PER\nis\n");
  await expect(conll({ path }).open()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: "data/unreadable",
    message: expect.stringContaining("b.conll:2"),
  });
});
