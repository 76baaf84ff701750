import { float32, int64, Random } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { toOnnx } from "../evaluation-graph.ts";
import { batchNorm, dropout, leakyRelu, linear } from "../layers/index.ts";
import { adam } from "../optimizers/index.ts";
import { sequential } from "../sequential.ts";
import { fitGan, type GanReport } from "./fit-gan.ts";

const random = Random.from(2);
const draw = (count: number, next: () => number) => float32(Array.from({ length: count }, next), [count, 1]);
const real = draw(512, () => 3 + 0.5 * random.normal());
const networks = {
  generator: sequential([linear({ outFeatures: 8 }), batchNorm({}), leakyRelu({}), linear({ outFeatures: 1 })], {
    input: { dtype: "float32", shape: [2] },
  }),
  discriminator: sequential(
    [linear({ outFeatures: 16 }), leakyRelu({}), dropout({ rate: 0.1 }), linear({ outFeatures: 1 })],
    { input: { dtype: "float32", shape: [1] } },
  ),
};
const options = {
  optimizers: { generator: adam({ beta1: 0.5 }), discriminator: adam({ beta1: 0.5 }) },
  learningRates: { generator: 0.01, discriminator: 0.02 },
  batchSize: 64,
  seed: 1,
  threads: 1,
};

describe("fitGan", () => {
  it("makes numbers that lie where the real ones do", async () => {
    const { generator } = await fitGan(networks, real, { ...options, steps: 400 });
    const run = await openModel(toOnnx(networks.generator, generator));
    const noise = float32(
      Array.from({ length: 1000 }, () => random.normal()),
      [500, 2],
    );
    const made = Array.from((await run({ x: noise })).output!.data, Number);
    const mean = made.reduce((sum, value) => sum + value, 0) / made.length;
    expect(Math.abs(mean - 3)).toBeLessThan(0.5);
  });

  it("reports both losses, and gives the same weights for the same seed", async () => {
    const train = async () => {
      const reports: GanReport[] = [];
      const { generator } = await fitGan(networks, real, { ...options, steps: 5, onStep: (it) => reports.push(it) });
      return { reports, weight: generator["0.weight"]!.data };
    };
    const [once, twice] = [await train(), await train()];
    expect(once).toEqual(twice);
    expect(once.reports.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    // Neither knows anything yet: the scores are near zero.
    expect(once.reports[0]!.discriminatorLoss).toBeCloseTo(2 * Math.LN2, 0);
  });

  it("refuses rows that are not of the discriminator", async () => {
    await expect(fitGan(networks, int64([1, 2]), { ...options, steps: 1 })).rejects.toThrow(
      expect.objectContaining({ code: "nn/rows" }),
    );
  });
});
