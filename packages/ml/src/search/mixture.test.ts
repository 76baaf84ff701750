import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { mixtureWeights } from "./mixture.ts";

const random = Random.from(5);
/** Half of the rows are explained by the first alone, the others by the second; the third knows nothing. */
const likelihoods = (rows: number) => [
  Float64Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 0.9 : 0.2) + 0.05 * random.uniform()),
  Float64Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 0.2 : 0.9) + 0.05 * random.uniform()),
  Float64Array.from({ length: rows }, () => 0.3),
];

it("gives those weight that explain rows, and none to what explains nothing better", () => {
  const weights = mixtureWeights(likelihoods(2000), 1);
  expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(weights[0]).toBeCloseTo(0.5, 1);
  expect(weights[1]).toBeCloseTo(0.5, 1);
  expect(weights[2]).toBeLessThan(0.02);
});

it("hardly tells models apart by few rows", () => {
  for (const weight of mixtureWeights(likelihoods(6))) expect(weight).toBeCloseTo(1 / 3, 1);
});
