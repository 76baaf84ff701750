import { real } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { coordinateDescent } from "../linear/coordinate-descent.ts";
import { linearRegressorToOnnx, linearScores } from "../linear/linear-scores.ts";
import { sparseOptions } from "../linear/sparse-options.ts";

/**
 * Least squares with an L1 and an L2 penalty: ‖y − Xw‖² / 2n + alpha (l1Ratio ‖w‖₁ + (1 − l1Ratio) ‖w‖² / 2).
 *
 * @see Zou and Hastie 2005, "Regularization and variable selection via the elastic net", https://doi.org/10.1111/j.1467-9868.2005.00503.x
 */
export const elasticNet = defineRegressor({
  name: "elasticNet",
  options: {
    ...sparseOptions,
    l1Ratio: real(0.5, "share of the L1 penalty", { min: 0, max: 1 }),
  },
  weighs: true,
  fit: ({ options, signal, onProgress, ...samples }) => coordinateDescent(samples, { ...options, signal, onProgress }),
  predict: linearScores,
  toOnnx: linearRegressorToOnnx,
});
