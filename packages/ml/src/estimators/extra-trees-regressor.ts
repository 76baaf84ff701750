import { oneOf } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { fitForest, forestOptions } from "../tree/fit-forest.ts";
import { meanImportances } from "../tree/tree-ensemble.ts";
import { predictTrees, treesRegressorToOnnx } from "../tree/tree-models.ts";

/**
 * Trees that cut each feature at a drawn place; their means are averaged.
 *
 * A feature with more than 256 values is cut at quantiles.
 *
 * @see Geurts, Ernst and Wehenkel 2006, "Extremely randomized trees", https://doi.org/10.1007/s10994-006-6226-1
 */
export const extraTreesRegressor = defineRegressor({
  name: "extraTreesRegressor",
  options: {
    ...forestOptions(false),
    maxFeatures: oneOf("all", "features looked at in each split", ["third", "sqrt", "all"]),
  },
  weighs: true,
  fit: ({ y, options, ...context }) =>
    fitForest(context, options, { y, outputs: 1, isClass: false }, { randomCuts: true }),
  predict: predictTrees,
  toOnnx: treesRegressorToOnnx,
  importances: ({ trees }) => meanImportances(trees),
});
