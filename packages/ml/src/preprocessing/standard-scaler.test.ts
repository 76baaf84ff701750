import { expect, it } from "vitest";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { fitStandardScaler, scale, standardScaler } from "./standard-scaler.ts";

checkTransformer(standardScaler);
checkSameFeatures("standardScaler", standardScaler);

it("centres and scales what is present, and puts the mean where a value is missing", () => {
  const state = fitStandardScaler([1, Number.NaN, 3]);
  expect(state).toEqual({ mean: 2, deviation: 1 });
  expect([scale(3, state), scale(Number.NaN, state)]).toEqual([1, 0]);
});

it("leaves a constant column at zero", () => {
  expect(scale(5, fitStandardScaler([5, 5]))).toBe(0);
});
