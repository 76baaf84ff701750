import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { learn, listModels, openPredictor, openSystem } from "@athanor/system";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const data = join(process.env.ATHANOR_DATA ?? join(root, "../shared/data"), "tabular");

describe.skipIf(!existsSync(data))("the tabular example (skipped without its folder)", () => {
  it("searches, and grants credit at less cost than granting none or all", async () => {
    await mkdir(join(root, ".athanor-tests"), { recursive: true });
    const folder = await mkdtemp(join(root, ".athanor-tests/tabular-"));
    try {
      await copyFile(join(import.meta.dirname, "learn.config.ts"), join(folder, "learn.config.ts"));
      await using system = await openSystem(folder);
      const { steps } = await learn(system, { steps: ["credit"] });
      expect(steps.filter(({ status }) => status !== "done")).toEqual([]);
      const [credit] = await listModels(system.workspace, "credit");
      // Refusing everyone costs 0.7 a case.
      expect(credit!.metrics.cost).toBeLessThan(0.6);
      await using predictor = await openPredictor(system.workspace, "credit");
      const [answer] = await predictor.predict([{ checking_status: "A11", duration_months: 48, credit_amount: 9000 }]);
      expect(answer!.label).toBe("2");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 600_000);
});
