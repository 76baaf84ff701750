import { float32, Random } from "@athanor/core";
import { expect, it } from "vitest";
import { permutationImportance } from "./permutation-importance.ts";

const random = Random.from(4);
const x = float32(
  Float32Array.from({ length: 3000 }, () => random.normal()),
  [1000, 3],
);

it("is twice the variance of what a linear model adds for a feature, and nothing for one that it ignores", () => {
  const predict = (row: number, { data }: typeof x) => 2 * data[3 * row]! - data[3 * row + 1]!;
  const truth = Float64Array.from({ length: 1000 }, (_, row) => predict(row, x));
  const rankOf = (given: typeof x) =>
    -truth.reduce((sum, value, row) => sum + (predict(row, given) - value) ** 2, 0) / 1000;
  const before = x.data.slice();
  const [first, second, third] = permutationImportance(rankOf, x, { seed: 1 });
  expect(first!.mean).toBeCloseTo(8, 0);
  expect(second!.mean).toBeCloseTo(2, 0);
  expect(second!.deviation).toBeGreaterThan(0);
  expect(third).toEqual({ mean: 0, deviation: 0 });
  expect(x.data).toEqual(before);
});
