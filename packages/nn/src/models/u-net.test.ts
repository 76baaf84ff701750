import { Random, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import type { Rows } from "../batch-source.ts";
import { fit } from "../fit.ts";
import { crossEntropy } from "../losses/index.ts";
import { adamW } from "../optimizers/index.ts";
import { uNet } from "./u-net.ts";

const side = 8;

/** Noise with a bright square, whose pixels are of the other class. */
function squares(count: number): Rows {
  const random = Random.from(3);
  const [x, y] = [new Float32Array(count * side * side), new BigInt64Array(count * side * side)];
  for (let i = 0; i < count; i++) {
    const [top, left] = [random.integer(5), random.integer(5)];
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const isInside = row >= top && row < top + 4 && column >= left && column < left + 4;
        x[(i * side + row) * side + column] = Number(isInside) + 0.5 * random.normal();
        y[(i * side + row) * side + column] = BigInt(isInside);
      }
    }
  }
  return {
    x: new Tensor("float32", x, [count, 1, side, side]),
    y: new Tensor("int64", y, [count, side, side]),
  };
}

describe("uNet", () => {
  it("learns where a square stands in noise", async () => {
    const { history } = await fit(uNet({ classes: 2, input: [1, side, side], levels: [4, 8] }), squares(64), {
      loss: crossEntropy(),
      optimizer: adamW(),
      learningRate: 0.02,
      epochs: 6,
      batchSize: 16,
      seed: 1,
      threads: 1,
    });
    expect(history.at(-1)!.loss).toBeLessThan(0.25);
  });
});
