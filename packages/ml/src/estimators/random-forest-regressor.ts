import { flag, integer, oneOf } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { binFeatures } from "../tree/bin-features.ts";
import { growForest } from "../tree/grow-forest.ts";
import { meanImportances } from "../tree/tree-ensemble.ts";
import { predictTrees, type TreesState, treesRegressorToOnnx } from "../tree/tree-models.ts";
import { growthOf, treeOptions } from "../tree/tree-options.ts";

/**
 * Trees grown on resampled rows; their means are averaged.
 *
 * @see Breiman 2001, "Random forests", https://doi.org/10.1023/A:1010933404324
 */
export const randomForestRegressor = defineRegressor({
  name: "randomForestRegressor",
  options: {
    nTrees: integer(100, "number of trees", { min: 1, max: 5000 }),
    ...treeOptions,
    maxFeatures: oneOf("third", "features looked at in each split", ["third", "sqrt", "all"]),
    bootstrap: flag(true, "grow each tree on rows drawn with replacement"),
  },
  async fit({ x, y, options, random, threads, signal, onProgress }): Promise<TreesState> {
    const [rows, features] = x.shape as [number, number];
    const counts = { third: Math.ceil(features / 3), sqrt: Math.ceil(Math.sqrt(features)), all: features };
    const targets = { y, outputs: 1, isClass: false };
    const growth = growthOf(options, counts[options.maxFeatures]);
    const task = {
      binned: binFeatures(x.data, rows, features),
      targets,
      growth,
      bootstrap: options.bootstrap,
      key: random.state,
    };
    return { trees: await growForest(task, options.nTrees, { threads, signal, onProgress }) };
  },
  predict: predictTrees,
  toOnnx: treesRegressorToOnnx,
  importances: ({ trees }) => meanImportances(trees),
});
