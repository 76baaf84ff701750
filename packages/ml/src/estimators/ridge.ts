import { flag, real } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { leastSquares } from "../linear/least-squares.ts";
import { linearRegressorToOnnx, linearScores } from "../linear/linear-scores.ts";

/** Least squares with an L2 penalty: minimises ‖y − Xw‖² + alpha ‖w‖², the intercept free. */
export const ridge = defineRegressor({
  name: "ridge",
  options: {
    alpha: real(1, "weight of the penalty", { min: 0, max: 1e9, scale: "log" }),
    fitIntercept: flag(true, "fit a constant term too"),
  },
  weighs: true,
  fit: ({ options: { alpha, fitIntercept }, ...samples }) => leastSquares(samples, alpha, fitIntercept),
  predict: linearScores,
  toOnnx: linearRegressorToOnnx,
});
