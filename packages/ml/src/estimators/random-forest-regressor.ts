import { oneOf } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { fitForest, forestOptions } from "../tree/fit-forest.ts";
import { meanImportances } from "../tree/tree-ensemble.ts";
import { predictTrees, treesRegressorToOnnx } from "../tree/tree-models.ts";

/**
 * Trees grown on resampled rows; their means are averaged.
 *
 * A feature with more than 256 values is cut at quantiles.
 *
 * @see Breiman 2001, "Random forests", https://doi.org/10.1023/A:1010933404324
 */
export const randomForestRegressor = defineRegressor({
  name: "randomForestRegressor",
  options: {
    ...forestOptions(true),
    maxFeatures: oneOf("third", "features looked at in each split", ["third", "sqrt", "all"]),
  },
  weighs: true,
  fit: ({ y, options, ...context }) => fitForest(context, options, { y, outputs: 1, isClass: false }),
  predict: predictTrees,
  toOnnx: treesRegressorToOnnx,
  importances: ({ trees }) => meanImportances(trees),
});
