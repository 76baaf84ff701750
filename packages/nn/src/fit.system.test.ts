import { existsSync } from "node:fs";
import { float32, Random, Tensor } from "@athanor/core";
import { writeModel } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { readDigits } from "../../../bench/read-idx.ts";
import type { Rows } from "./batch-source.ts";
import { toOnnx } from "./evaluation-graph.ts";
import { fit } from "./fit.ts";
import type { FitOptions } from "./fit-options.ts";
import { crossEntropy, meanSquaredError } from "./losses/index.ts";
import { accuracy, rootMeanSquaredError } from "./metrics.ts";
import { leNet } from "./models/le-net.ts";
import { matrixFactorization } from "./models/matrix-factorization.ts";
import { smallConvNet } from "./models/small-conv-net.ts";
import { adamW } from "./optimizers/adam-w.ts";
import { sliceRows } from "./rows.ts";
import { constant } from "./schedules/constant.ts";
import { ringNetwork, ringOptions, rings } from "./testing/rings.ts";

const [network, plain] = [ringNetwork, ringOptions];
const options: FitOptions = {
  ...plain,
  validation: rings(200, 2),
  metrics: { accuracy },
  watch: { metric: "accuracy", better: "higher" },
};

const bytesOf = (fitted: Awaited<ReturnType<typeof fit>>) => writeModel(toOnnx(fitted.network, fitted.weights));

describe("fit", () => {
  it("learns what a line cannot separate, and reports each epoch", async () => {
    const { history, bestEpoch } = await fit(network, rings(600, 1), options);
    expect(history).toHaveLength(8);
    expect(history[bestEpoch - 1]!.validation!.accuracy).toBeGreaterThan(0.95);
    expect(history[7]!.loss).toBeLessThan(history[0]!.loss);
  });

  it("gives the same model bytes for the same seed, others for another", async () => {
    const short = { ...options, epochs: 2 };
    const [a, b, c] = [
      await fit(network, rings(100, 1), short),
      await fit(network, rings(100, 1), short),
      await fit(network, rings(100, 1), { ...short, seed: 5 }),
    ];
    expect(bytesOf(a)).toEqual(bytesOf(b));
    expect(bytesOf(a)).not.toEqual(bytesOf(c));
  });

  it.each([1, 3])(
    "ends bit for bit the same when it is resumed, with an update every %i batches",
    async (accumulate) => {
      const conv = smallConvNet({ classes: 2, input: [1, 8, 8], stages: [4, 4] });
      const random = Random.from(3);
      const x = float32(
        Float32Array.from({ length: 40 * 64 }, () => random.normal()),
        [40, 1, 8, 8],
      );
      const y = new Tensor(
        "int64",
        BigInt64Array.from({ length: 40 }, (_, i) => BigInt(i % 2)),
        [40],
      );
      const setting = { ...plain, epochs: 4, batchSize: 16, accumulate };
      const checkpoints: Uint8Array[] = [];
      const whole = await fit(
        conv,
        { x, y },
        { ...setting, onCheckpoint: async (bytes) => void checkpoints.push(bytes) },
      );
      const [epochs, steps]: [number[], number[]] = [[], []];
      const resumed = await fit(
        conv,
        { x, y },
        {
          ...setting,
          resumeFrom: checkpoints[1],
          onEpoch: ({ epoch }) => epochs.push(epoch),
          onStep: ({ step }) => steps.push(step),
        },
      );
      expect(bytesOf(resumed)).toEqual(bytesOf(whole));
      const learned = ({ history }: typeof whole) => history.map(({ speed: _, ...report }) => report);
      expect(learned(resumed)).toEqual(learned(whole));
      // Two steps of 16 rows an epoch; the first two epochs are told of, but not walked again.
      expect([epochs, steps]).toEqual([
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ]);
    },
  );

  it.each<[string, Partial<FitOptions>]>([
    ["another seed", { seed: 9 }],
    ["another optimizer setting", { optimizer: adamW({ beta1: 0.8 }) }],
    ["another loss setting", { loss: crossEntropy({ labelSmoothing: 0.1 }) }],
    ["another schedule", { schedule: constant() }],
  ])("ignores the checkpoint of a training with %s", async (_, other) => {
    let checkpoint: Uint8Array | undefined;
    const short = { ...plain, epochs: 2 };
    await fit(network, rings(100, 1), {
      ...short,
      ...other,
      onCheckpoint: async (bytes) => void (checkpoint ??= bytes),
    });
    expect(bytesOf(await fit(network, rings(100, 1), { ...short, resumeFrom: checkpoint }))).toEqual(
      bytesOf(await fit(network, rings(100, 1), short)),
    );
  });

  it("stops when validation no longer gets better, and keeps the best weights", async () => {
    const { history, bestEpoch } = await fit(network, rings(64, 1), { ...options, epochs: 60, patience: 3 });
    expect(history.length).toBe(Math.min(60, bestEpoch + 4));
  });

  it("stops within a step when it is aborted", async () => {
    const controller = new AbortController();
    let steps = 0;
    const running = fit(network, rings(600, 1), {
      ...options,
      signal: controller.signal,
      onProgress: () => ++steps === 3 && controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(steps).toBe(3);
  });

  it("refuses rows that do not fit", async () => {
    const y = new Tensor("int64", BigInt64Array.of(0n, 1n, 0n), [3]);
    await expect(fit(network, { x: float32([1, 2], [1, 2]), y }, options)).rejects.toMatchObject({ code: "nn/rows" });
    await expect(
      fit(network, { x: float32([], [0, 2]), y: new Tensor("int64", new BigInt64Array(0), [0]) }, options),
    ).rejects.toMatchObject({ code: "nn/rows" });
  });

  it("factorises a matrix of ratings", async () => {
    const random = Random.from(8);
    const [users, items] = [40, 30];
    const factors = (count: number) => Array.from({ length: count }, () => [random.normal(), random.normal()] as const);
    const [p, q] = [factors(users), factors(items)];
    const draws = Array.from({ length: 4000 }, () => [random.integer(users), random.integer(items)] as const);
    const rows = (from: number, to: number): Rows => {
      const part = draws.slice(from, to);
      const index = (k: 0 | 1) =>
        new Tensor("int64", BigInt64Array.from(part.map((pair) => BigInt(pair[k]))), [part.length]);
      return {
        x: { user: index(0), item: index(1) },
        y: float32(part.map(([u, i]) => 3 + p[u]![0] * q[i]![0] + p[u]![1] * q[i]![1])),
      };
    };
    const { history } = await fit(matrixFactorization({ users, items, factors: 4, mean: 3 }), rows(0, 3500), {
      ...options,
      loss: meanSquaredError(),
      learningRate: 0.03,
      epochs: 15,
      validation: rows(3500, 4000),
      metrics: { rmse: rootMeanSquaredError },
      watch: { metric: "rmse", better: "lower" },
    });
    expect(Math.min(...history.map(({ validation }) => validation!.rmse!))).toBeLessThan(0.4);
  });

  it.skipIf(!existsSync(`${process.env.ATHANOR_DATA ?? "../shared/data"}/mnist`))(
    "reads handwritten digits (skipped without the MNIST folder)",
    async () => {
      const digits = readDigits(3000);
      const x = float32(digits.images, [3000, 1, 28, 28]);
      const y = new Tensor("int64", digits.labels, [3000]);
      const { history } = await fit(
        leNet({ classes: 10, input: [1, 28, 28] }),
        { x: sliceRows(x, 0, 2000), y: sliceRows(y, 0, 2000) },
        {
          ...options,
          learningRate: 2e-3,
          epochs: 3,
          validation: { x: sliceRows(x, 2000, 3000), y: sliceRows(y, 2000, 3000) },
        },
      );
      expect(history[2]!.validation!.accuracy).toBeGreaterThan(0.9);
    },
  );
});
