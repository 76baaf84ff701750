import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { fit } from "../fit.ts";
import { meanSquaredError } from "../losses/index.ts";
import { mlp } from "../models/mlp.ts";
import { sgd } from "../optimizers/index.ts";
import { slide } from "../testing/slide.ts";
import { weightAverage } from "./weight-average.ts";

it("follows the parameter from its first step on", async () => {
  const { w, "w.average": average } = await slide(weightAverage(sgd(), { decay: 0.5 }), { w: 1 }, 3);
  // The parameter goes 0, −1, −2.
  expect(w).toBe(-2);
  expect(average).toBe(((0 - 1) / 2 - 2) / 2);
});

it("is what training gives in the end", async () => {
  const network = mlp({ features: 1, hidden: [], outputs: 1 });
  const rows = { x: float32([1, 2, 3, 4], [4, 1]), y: float32([2, 4, 6, 8], [4, 1]) };
  const options = { loss: meanSquaredError(), learningRate: 0.02, epochs: 4, batchSize: 2, seed: 1, threads: 1 };
  const [plain, averaged] = await Promise.all(
    [sgd(), weightAverage(sgd(), { decay: 0.9 })].map((optimizer) => fit(network, rows, { ...options, optimizer })),
  );
  const weight = ({ weights }: typeof plain & object) => weights["0.weight"]!.data[0]!;
  expect(Math.abs(weight(averaged!) - weight(plain!))).toBeGreaterThan(0.01);
  expect(Object.keys(averaged!.weights)).toEqual(Object.keys(plain!.weights));
});
