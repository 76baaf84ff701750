import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { querySnapshots, rowsOf } from "@athanor/data";
import type { Rule } from "@athanor/mining";
import { type Findings, learn, openSystem, queryGraph } from "@athanor/system";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const data = join(process.env.ATHANOR_DATA ?? join(root, "../shared/data"), "groceries");

describe.skipIf(!existsSync(data))("the grocery's baskets (skipped without their folder)", () => {
  it("give the published 463 rules, and findings that are tested, kept in the graph and shown by their queries", async () => {
    await mkdir(join(root, ".athanor-tests"), { recursive: true });
    const folder = await mkdtemp(join(root, ".athanor-tests/baskets-"));
    try {
      await copyFile(join(import.meta.dirname, "learn.config.ts"), join(folder, "learn.config.ts"));
      await using system = await openSystem(folder);
      const { steps } = await learn(system);
      expect(steps.filter(({ status }) => status !== "done")).toEqual([]);
      const output = (name: string) => steps.find((step) => step.name === name)!.output;
      const found = (name: string) => output(`mine:${name}`).data as unknown as Findings;
      expect(found("groceries").data).toMatchObject({ transactions: 9835 });
      expect(found("groceries").data.rules).toHaveLength(463);

      const { findings, sentences, data: mined } = found("surprising");
      const rules = mined.rules as readonly Rule[];
      expect(rules.length).toBeLessThan(463);
      expect(rules.every(({ pValue }) => pValue! <= 0.01)).toBe(true);
      expect(sentences.en[0]).toMatch(/^Of those with “.+”, \d+ % also have “.+”/);
      const baskets = system.workspace.objects.path(output("ingest:baskets").objects.snapshot!);
      for (const { query, sentence } of findings.slice(0, 3)) {
        const [row] = rowsOf(await querySnapshots("finding", query, { baskets }));
        expect(sentence.en).toContain(`(${row!.both} times)`);
        expect(sentence.en).toContain(`${Math.round((100 * Number(row!.both)) / Number(row!.left))} %`);
      }

      const ask = async (text: string) => (await queryGraph(system.workspace, text)).rows;
      const [strongest] = await ask(
        "MATCH (f:Finding)-[:ABOUT]->(i:Item) RETURN f.name AS name, count(*) AS n ORDER BY f.strength DESC LIMIT 1",
      );
      expect(strongest!.name).toBe(sentences.en[0]);
      expect(strongest!.n).toBe(findings[0]!.about.length);
      expect((await learn(system)).steps.every(({ status }) => status === "fresh")).toBe(true);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
