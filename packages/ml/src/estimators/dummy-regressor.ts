import { oneOf, real } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { type LinearState, linearRegressorToOnnx, linearScores } from "../linear/linear-scores.ts";
import { quantileOf } from "../quantile-of.ts";

/** Looks at targets alone: what any regressor has to beat. */
export const dummyRegressor = defineRegressor({
  name: "dummyRegressor",
  options: {
    strategy: oneOf("mean", "value that is predicted always", ["mean", "median", "quantile"]),
    quantile: real(0.5, "share of the targets below the value, for the strategy quantile", { min: 0, max: 1 }),
  },
  fit({ x, y, options: { strategy, quantile } }): LinearState {
    const value =
      strategy === "mean"
        ? y.reduce((sum, target) => sum + target, 0) / y.length
        : quantileOf(y, strategy === "median" ? 0.5 : quantile);
    return { coefficients: new Float64Array(x.shape[1]!), intercepts: Float64Array.of(value) };
  },
  predict: linearScores,
  toOnnx: linearRegressorToOnnx,
});
