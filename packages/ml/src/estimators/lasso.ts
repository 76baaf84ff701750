import { defineRegressor } from "../define-regressor.ts";
import { coordinateDescent } from "../linear/coordinate-descent.ts";
import { linearRegressorToOnnx, linearScores } from "../linear/linear-scores.ts";
import { sparseOptions } from "../linear/sparse-options.ts";

/**
 * Least squares with an L1 penalty, which leaves out features: minimises ‖y − Xw‖² / 2n + alpha ‖w‖₁.
 *
 * @see Tibshirani 1996, "Regression shrinkage and selection via the lasso", https://doi.org/10.1111/j.2517-6161.1996.tb02080.x
 */
export const lasso = defineRegressor({
  name: "lasso",
  options: sparseOptions,
  weighs: true,
  fit: ({ options, signal, onProgress, ...samples }) =>
    coordinateDescent(samples, { ...options, l1Ratio: 1, signal, onProgress }),
  predict: linearScores,
  toOnnx: linearRegressorToOnnx,
});
