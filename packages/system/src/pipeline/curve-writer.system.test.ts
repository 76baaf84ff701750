import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Random } from "@athanor/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { learn } from "../learn.ts";
import { openRecord, openSystem } from "../system.ts";
import { type ListedRun, listRuns, readRun } from "./run-log.ts";

const configuration = `import { csv, defineConfig, recommend } from "@athanor/system";
export default defineConfig({
  name: "tastes",
  sources: { ratings: csv("ratings.csv") },
  learn: { taste: recommend({ from: "ratings", user: "user", item: "item", rating: "stars", factors: 2, epochs: 4, batchSize: 50 }) },
});
`;

describe("the curves of a training", () => {
  let folder = "";
  beforeAll(async () => {
    // Inside the repository, so that the configuration can import the packages.
    const parent = join(import.meta.dirname, "../../../../.athanor-tests");
    await mkdir(parent, { recursive: true });
    folder = await mkdtemp(join(parent, "curves-"));
    const random = Random.from(2);
    const rows = Array.from({ length: 600 }, () => [random.integer(20), random.integer(15), 1 + random.integer(5)]);
    await writeFile(join(folder, "ratings.csv"), `user,item,stars\n${rows.join("\n")}\n`);
    await writeFile(join(folder, "learn.config.ts"), configuration);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("are read by others while it goes on, loss and learning rate by step", async () => {
    await using system = await openSystem(folder);
    await using other = await openRecord(folder);
    const readings: Promise<readonly ListedRun[]>[] = [];
    await learn(system, {
      onEvent({ step, progress }) {
        if (step === "train:taste" && progress?.stage.startsWith("epoch 2") && progress.done === 1)
          readings.push(listRuns(other));
      },
    });
    const [runs] = await Promise.all(readings);
    const training = runs!.find(({ kind }) => kind === "train")!;
    expect(training.status).toBe("running");
    expect(training.latest["step loss"]!.value).toBeGreaterThan(0);
    expect(training.latest["learning rate"]!.value).toBeGreaterThan(0);

    const { status, metrics } = await readRun(other, training.id);
    expect(status).toBe("done");
    const steps = (name: string) => metrics.find((metric) => metric.name === name)!.points.map(([step]) => step);
    expect(steps("train loss")).toEqual([1, 2, 3, 4]);
    expect(steps("validation rmse")).toEqual([1, 2, 3, 4]);
    expect(steps("learning rate")).toEqual(steps("step loss"));
    expect(steps("step loss").length).toBeGreaterThan(20);
  });
});
