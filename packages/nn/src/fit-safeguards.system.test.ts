import { float32, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { fit } from "./fit.ts";
import type { FitOptions } from "./fit-options.ts";
import { accuracy } from "./metrics.ts";
import { sgd } from "./optimizers/sgd.ts";
import { constant } from "./schedules/constant.ts";
import { ringNetwork, ringOptions, rings } from "./testing/rings.ts";

const [network, plain] = [ringNetwork, ringOptions];
const options: FitOptions = {
  ...plain,
  validation: rings(200, 2),
  metrics: { accuracy },
  watch: { metric: "accuracy", better: "higher" },
};

describe("fit", () => {
  it("names the step at which the loss stops being a number, and the row that holds none", async () => {
    const x = float32([1, 2, Number.NaN, 4], [2, 2]);
    const y = new Tensor("int64", BigInt64Array.of(0n, 1n), [2]);
    await expect(fit(network, { x, y }, plain)).rejects.toMatchObject({
      code: "nn/diverged",
      details: { step: 0, cause: { input: "x", row: 1 } },
    });
  });

  it("names the node that broke training, and the parameter near it, and keeps no checkpoint of it", async () => {
    const checkpoints: number[] = [];
    const rows = rings(64, 1);
    const bad = fit(network, rows, {
      ...plain,
      // The root of what is below 0 once the scores have moved.
      loss: (g, scores) => g.reduceMean(g.sqrt(g.add(scores, 4))),
      optimizer: sgd({}),
      learningRate: 20,
      schedule: constant(),
      batchSize: 32,
      onCheckpoint: async (_, { epoch }) => void checkpoints.push(epoch),
    });
    await expect(bad).rejects.toThrow(/in step \d+ .*Sqrt.* makes what is no number of .* from -.*near the parameter/);
    expect(checkpoints.length).toBeLessThan(options.epochs);
  });

  it("names the row of a label that is no class", async () => {
    const { x } = rings(4, 1);
    const y = new Tensor("int64", BigInt64Array.of(0n, 1n, 2n, 0n), [4]);
    await expect(fit(network, { x, y }, plain)).rejects.toMatchObject({
      code: "nn/label",
      details: { row: 2, value: 2 },
    });
  });

  it("tries everything once in a development run", async () => {
    const called: string[] = [];
    const { history } = await fit(network, rings(600, 1), {
      ...options,
      fastDevRun: true,
      onStep: () => called.push("step"),
      onEpoch: () => called.push("epoch"),
      onCheckpoint: async () => void called.push("checkpoint"),
    });
    expect(history).toHaveLength(1);
    expect(called).toEqual(["step", "epoch", "checkpoint"]);
  });

  it("learns a few batches by heart", async () => {
    const y = new Tensor(
      "int64",
      BigInt64Array.from({ length: 64 }, (_, i) => BigInt(i % 2)),
      [64],
    );
    const { history } = await fit(
      network,
      { x: rings(64, 1).x, y },
      { ...plain, epochs: 150, batchSize: 4, overfitBatches: 1 },
    );
    expect(history.at(-1)!.loss).toBeLessThan(0.1);
  });

  it("ranks checkpoints, and names those that are outdated", async () => {
    const kept = new Set<number>();
    const { bestEpoch } = await fit(network, rings(200, 1), {
      ...options,
      keep: { best: 2 },
      onCheckpoint: async (_, { epoch, outdated }) => {
        kept.add(epoch);
        for (const old of outdated) kept.delete(old);
      },
    });
    expect(kept.size).toBeLessThanOrEqual(3);
    expect([...kept]).toEqual(expect.arrayContaining([bestEpoch, 8]));
  });

  it("refuses to watch what is not measured, before the first step", async () => {
    let steps = 0;
    const wrong = { ...options, watch: { metric: "accurracy", better: "higher" as const }, onStep: () => steps++ };
    await expect(fit(network, rings(100, 1), wrong)).rejects.toMatchObject({ code: "nn/watch" });
    expect(steps).toBe(0);
  });
});
