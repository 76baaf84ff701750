import { expect, it } from "vitest";
import { normalQuantile } from "../columns/normal-quantile.ts";
import { matrixFrom } from "../matrix.ts";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { quantileTransformer } from "./quantile-transformer.ts";

checkTransformer(quantileTransformer);
checkTransformer(({ seed }) => quantileTransformer({ seed, output: "normal", nQuantiles: 20 }));
checkSameFeatures("quantileTransformer", quantileTransformer);

it("puts a value that repeats half-way up its step", async () => {
  const x = matrixFrom([[1], [2], [2], [2], [3]]);
  const model = await quantileTransformer().fit(x);
  expect(Array.from(model.transform(matrixFrom([[0], [1], [2], [2.5], [9]])).data)).toEqual([0, 0, 0.5, 0.875, 1]);
});

it("knows the normal distribution's quantiles", () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
  expect(normalQuantile(1e-5)).toBeCloseTo(-4.264890794, 7);
  expect(normalQuantile(0.5)).toBe(0);
});
