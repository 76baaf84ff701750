import { flag } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { leastSquares } from "../linear/least-squares.ts";
import { linearRegressorToOnnx, linearScores } from "../linear/linear-scores.ts";

/** Least squares; of equally good coefficients, the shortest. */
export const linearRegression = defineRegressor({
  name: "linearRegression",
  options: { fitIntercept: flag(true, "fit a constant term too") },
  weighs: true,
  fit: ({ options: { fitIntercept }, ...samples }) => leastSquares(samples, 0, fitIntercept),
  predict: linearScores,
  toOnnx: linearRegressorToOnnx,
});
