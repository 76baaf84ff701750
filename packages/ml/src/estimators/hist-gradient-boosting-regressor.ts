import { AthanorError, oneOf, real } from "@athanor/core";
import { type BoostedTrees, boost } from "../boosting/boost.ts";
import { boostOptions, boostSettings } from "../boosting/boost-options.ts";
import { boostScores, gainShares } from "../boosting/boost-scores.ts";
import { boostedToOnnx } from "../boosting/boosted-to-onnx.ts";
import { defineRegressor } from "../define-regressor.ts";

/**
 * Trees that each correct what those before them got wrong, grown over features in bins; takes missing values.
 *
 * @throws `ml/feature-option`, `ml/monotone-loss`, `ml/categories`, `ml/too-large`
 * @see Ke et al. 2017, "LightGBM: a highly efficient gradient boosting decision tree"
 */
export const histGradientBoostingRegressor = defineRegressor({
  name: "histGradientBoostingRegressor",
  allowsMissing: true,
  options: {
    loss: oneOf("squaredError", "what is made small", ["squaredError", "absoluteError", "quantile"]),
    quantile: real(0.5, "share of the targets below the predictions, with the quantile loss", { min: 0, max: 1 }),
    ...boostOptions,
  },
  weighs: true,
  fit(context): Promise<BoostedTrees> {
    const { y, options } = context;
    const { loss, quantile, monotone } = options;
    if (loss !== "squaredError" && monotone.some((direction) => direction !== 0))
      throw new AthanorError("ml/monotone-loss", `boosting: expected no monotone constraints with ${loss}, got some`, {
        fix: "Use squaredError, or drop the constraints: leaves take quantiles, which do not keep to their bounds.",
      });
    return boost({ ...boostSettings(context), y, outputs: 1, loss: { name: loss, quantile } });
  },
  predict: boostScores,
  toOnnx: boostedToOnnx,
  importances: gainShares,
});
