import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { querySnapshots, tableFromRows, writeSnapshot } from "@athanor/data";
import { afterAll, expect, it } from "vitest";
import { rankFindings } from "../miner/finding.ts";
import { quality } from "./quality.ts";

const folder = await mkdtemp(join(tmpdir(), "athanor-quality-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const rows = Array.from({ length: 60 }, (_, i) => ({
  id: i,
  weight: (i * 17) % 23,
  height: ((i * 17) % 23) * 2 + ((i * 7) % 11),
  noise: (i * 29) % 31,
  city: i === 4 ? " lyon" : i % 2 ? "Lyon" : "Graz",
  note: i === 9 ? "n/a" : `say ${i % 5}`,
  gap: i % 6 === 0 ? null : i % 4,
  wild: i === 7 ? 1e6 : i % 9,
}));

it("says how to clean a table and what goes together, and its queries show it", async () => {
  const table = tableFromRows(rows);
  const { findings, data, title } = await quality.definition.mine({
    ...{ name: "people", seed: 1, options: { from: "people", minCorrelation: 0.5, most: 5 }, table: async () => table },
  });
  const ranked = rankFindings(findings);
  expect(ranked.map(({ sentence }) => sentence.en)).toEqual([
    "weight and height go up together: correlation 0.976.",
    "gap is missing in 10 rows (16.7 %): put 1.5 there.",
    'city spells “Lyon” as " lyon" in 1 row: write it one way.',
    'note says "n/a" in 1 row: take that for missing.',
    "wild lies below -10 or above 18 in 1 row: check them.",
  ]);
  expect(ranked.map(({ sentence }) => sentence.zh)).toContain("gap 缺失 10 行（16.7 %）：可填入 1.5。");
  expect(title.en).toBe("people: 60 rows of 8 columns, 4 suggestions, key id");
  expect(data.keys).toEqual([["id"]]);
  const path = join(folder, "people.parquet");
  await writeSnapshot(table, path);
  const shown = await Promise.all(findings.map(({ query }) => querySnapshots("finding", query, { people: path })));
  expect(shown.map(({ rows: count }) => count)).toEqual(findings.map(({ about }) => (about[0] === "missing" ? 10 : 1)));
});
