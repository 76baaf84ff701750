import { expect, it } from "vitest";
import { fitStandardScaler, scale } from "./standard-scaler.ts";

it("centres and scales what is present, and puts the mean where a value is missing", () => {
  const state = fitStandardScaler([1, Number.NaN, 3]);
  expect(state).toEqual({ mean: 2, deviation: 1 });
  expect([scale(3, state), scale(Number.NaN, state)]).toEqual([1, 0]);
});

it("leaves a constant column at zero", () => {
  expect(scale(5, fitStandardScaler([5, 5]))).toBe(0);
});
