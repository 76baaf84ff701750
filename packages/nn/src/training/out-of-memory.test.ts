import { AthanorError, float32, int64 } from "@athanor/core";
import { expect, it } from "vitest";
import { fit } from "../fit.ts";
import type { Loss } from "../loss.ts";
import { meanSquaredError } from "../losses/mean-squared-error.ts";
import type { Network } from "../network.ts";
import { sgd } from "../optimizers/sgd.ts";
import { outOfMemory } from "./out-of-memory.ts";

/** A mean over more bytes than there are addresses. */
const network: Network = {
  name: "wide",
  inputs: { x: { dtype: "float32", shape: [1] } },
  parameters: { w: { shape: [1], init: "ones" } },
  buffers: {},
  build({ g, inputs: { x }, parameters: { w } }) {
    const wide = g.op("Expand", [g.mul(x!, w!), g.constant(int64([2 ** 20, 2 ** 25]))]);
    return g.reduceMean(g.mul(g.exp(wide), g.tanh(wide)));
  },
};

const { build } = meanSquaredError();
const summed: Loss["build"] = (g, output, target) => build(g, g.add(target, output), target);

it("says which batch found no memory, and how to need less", async () => {
  const data = { x: float32([1, 2], [2, 1]), y: float32([0, 0]) };
  const training = fit(network, data, {
    loss: summed,
    optimizer: sgd({}),
    learningRate: 1,
    epochs: 1,
    batchSize: 1,
    seed: 1,
  });
  await expect(training).rejects.toMatchObject({ code: "nn/memory", details: { rows: 1, bytes: 2 ** 47 } });
});

it("leaves other errors as they are", () => {
  const other = new AthanorError("runtime/run", "Runtime: expected the model to run, got a bad shape");
  expect(outOfMemory(other, 4)).toBe(other);
});
