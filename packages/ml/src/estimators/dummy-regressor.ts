import { oneOf, real } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { type LinearState, linearRegressorToOnnx, linearScores } from "../linear/linear-scores.ts";
import { quantileOf } from "../quantile-of.ts";
import { unevenWeights } from "../sample-weight.ts";

/** Looks at targets alone: what any regressor has to beat. */
export const dummyRegressor = defineRegressor({
  name: "dummyRegressor",
  options: {
    strategy: oneOf("mean", "value that is predicted always", ["mean", "median", "quantile"]),
    quantile: real(0.5, "share of the targets below the value, for the strategy quantile", { min: 0, max: 1 }),
  },
  weighs: true,
  fit({ x, y, weights, options: { strategy, quantile } }): LinearState {
    const value =
      strategy === "mean"
        ? y.reduce((sum, target, row) => sum + weights[row]! * target, 0) /
          weights.reduce((sum, weight) => sum + weight, 0)
        : quantileOf(y, strategy === "median" ? 0.5 : quantile, unevenWeights(weights));
    return { coefficients: new Float64Array(x.shape[1]!), intercepts: Float64Array.of(value) };
  },
  predict: linearScores,
  toOnnx: linearRegressorToOnnx,
});
