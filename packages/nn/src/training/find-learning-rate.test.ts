import { expect, it } from "vitest";
import { fit } from "../fit.ts";
import { ringNetwork, ringOptions, rings } from "../testing/rings.ts";
import { findLearningRate } from "./find-learning-rate.ts";

const { learningRate: _, schedule: __, epochs: ___, ...options } = ringOptions;

it("suggests a rate that trains, the same for the same seed, and stops where training bursts", async () => {
  const { learningRate, curve } = await findLearningRate(ringNetwork, rings(200, 1), { ...options, highest: 100 });
  expect(curve.length).toBeLessThan(100);
  expect(curve.map((trial) => trial.learningRate)).toEqual(
    curve.map((trial) => trial.learningRate).toSorted((a, b) => a - b),
  );
  const again = await findLearningRate(ringNetwork, rings(200, 1), { ...options, highest: 100 });
  expect(again.curve).toEqual(curve);
  const { history } = await fit(ringNetwork, rings(200, 1), { ...options, epochs: 6, learningRate });
  expect(history[5]!.loss).toBeLessThan(0.8 * curve[0]!.loss);
});

it("says when there is none", async () => {
  const constant = findLearningRate(ringNetwork, rings(64, 1), {
    ...options,
    steps: 10,
    loss: (g, scores) => g.reduceMean(g.mul(scores, 0)),
  });
  await expect(constant).rejects.toMatchObject({ code: "nn/learning-rate" });
});
