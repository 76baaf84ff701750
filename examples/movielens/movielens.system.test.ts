import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { startServer } from "@athanor/server";
import { learn, listModels, openPredictor, openSystem, queryGraph } from "@athanor/system";
import { describe, expect, it } from "vitest";
import { athanor } from "../../packages/athanor/src/testing/project.ts";

const root = join(import.meta.dirname, "../..");
const data = join(process.env.ATHANOR_DATA ?? join(root, "../shared/data"), "movielens-100k");

describe.skipIf(!existsSync(data))("MovieLens (skipped without its folder)", () => {
  it("becomes a graph with the files' counts, rules, and ratings predicted to 0.95 and alike everywhere", async () => {
    await mkdir(join(root, ".athanor-tests"), { recursive: true });
    const folder = await mkdtemp(join(root, ".athanor-tests/movielens-"));
    try {
      await copyFile(join(import.meta.dirname, "learn.config.ts"), join(folder, "learn.config.ts"));
      await using system = await openSystem(folder);
      const { steps } = await learn(system, { steps: ["graph", "liked", "taste"] });
      expect(steps.filter(({ status }) => status !== "done")).toEqual([]);
      const count = async (pattern: string) =>
        (await queryGraph(system.workspace, `MATCH ${pattern} RETURN count(*) AS n`)).rows[0]!.n;
      expect(await count("(:User)-[:RATED]->(:Film)")).toBe(100_000);
      expect([
        await count("(u:User)"),
        await count("(f:Film)"),
        await count("(o:Occupation)"),
        await count("(g:Genre)"),
      ]).toEqual([943, 1682, 21, 19]);
      const rules = steps.find(({ name }) => name === "mine:liked")!.output.data.data as {
        rules: readonly unknown[];
      };
      expect(rules.rules.length).toBeGreaterThan(20);
      const [taste] = await listModels(system.workspace, "taste");
      expect(taste!.metrics.rmse).toBeLessThanOrEqual(0.95);
      await using predictor = await openPredictor(system.workspace, "taste");
      const [one, best] = await predictor.predict([{ user: "196", film: "242" }, { user: "196" }]);
      expect(Number(one!.rating)).toBeGreaterThan(1);
      expect(best!.recommendations).toHaveLength(10);

      const asked = await athanor([
        ...["predict", "taste", "--project", folder, "--json"],
        ...["--input", "user=196", "--input", "film=242"],
      ]);
      expect(asked).toMatchObject({ code: 0 });
      await using server = await startServer({ directory: folder, port: 0 });
      const answer = await fetch(`${server.address}/v1/predict/taste`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ user: "196", film: "242" }),
      });
      for (const { predictions } of [JSON.parse(asked.stdout), (await answer.json()) as never])
        expect(Math.abs(predictions[0].rating - Number(one!.rating))).toBeLessThan(1e-6);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 240_000);
});
