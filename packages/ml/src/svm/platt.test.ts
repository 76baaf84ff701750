import { expect, it } from "vitest";
import { fitSigmoid, probability } from "./platt.ts";

it("fits a sigmoid whose mean over each side agrees with its smoothed targets", () => {
  const values = Float64Array.of(2, 1.5, 0.2, -0.1, 0.3, -0.4, -1, -2);
  const isFirst = [1, 1, 1, 1, 0, 0, 0, 0];
  const sigmoid = fitSigmoid(values, isFirst);
  // At the optimum the residuals sum to zero, alone and weighed by the values.
  const residuals = Array.from(values, (value, i) => (isFirst[i] ? 5 / 6 : 1 / 6) - probability(sigmoid, value));
  expect(residuals.reduce((a, b) => a + b)).toBeCloseTo(0, 5);
  expect(residuals.reduce((sum, residual, i) => sum + residual * values[i]!, 0)).toBeCloseTo(0, 5);
  expect(probability(sigmoid, 3)).toBeGreaterThan(0.85);
});

it("gives the classes' shares where values say nothing", () => {
  const sigmoid = fitSigmoid(new Float64Array(10), [1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
  expect(probability(sigmoid, 0)).toBeCloseTo((7 * (8 / 9) + 3 * (1 / 5)) / 10, 6);
});
