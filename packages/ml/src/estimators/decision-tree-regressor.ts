import { defineRegressor } from "../define-regressor.ts";
import { unevenWeights } from "../sample-weight.ts";
import { binFeatures } from "../tree/bin-features.ts";
import { growTree } from "../tree/grow-tree.ts";
import { meanImportances } from "../tree/tree-ensemble.ts";
import { predictTrees, type TreesState, treesRegressorToOnnx } from "../tree/tree-models.ts";
import { growthOf, treeOptions } from "../tree/tree-options.ts";

/**
 * A tree of yes-or-no questions that ends in means; split by squared error.
 *
 * A feature with more than 256 values is cut at quantiles.
 */
export const decisionTreeRegressor = defineRegressor({
  name: "decisionTreeRegressor",
  options: treeOptions,
  weighs: true,
  fit({ x, y, weights, options, random }): TreesState {
    const [rows, features] = x.shape as [number, number];
    return {
      trees: [
        growTree(
          binFeatures(x.data, rows, features),
          { y, outputs: 1, isClass: false },
          unevenWeights(weights),
          growthOf(options, features),
          random,
        ),
      ],
    };
  },
  predict: predictTrees,
  toOnnx: treesRegressorToOnnx,
  importances: ({ trees }) => meanImportances(trees),
});
