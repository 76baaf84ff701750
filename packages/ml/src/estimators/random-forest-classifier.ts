import { flag, integer, oneOf } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { binFeatures } from "../tree/bin-features.ts";
import { growForest } from "../tree/grow-forest.ts";
import { meanImportances } from "../tree/tree-ensemble.ts";
import { predictTrees, type TreesState, treesClassifierToOnnx } from "../tree/tree-models.ts";
import { growthOf, treeOptions } from "../tree/tree-options.ts";

/**
 * Trees grown on resampled rows and drawn features; their class shares are averaged.
 *
 * @see Breiman 2001, "Random forests", https://doi.org/10.1023/A:1010933404324
 */
export const randomForestClassifier = defineClassifier({
  name: "randomForestClassifier",
  options: {
    nTrees: integer(100, "number of trees", { min: 1, max: 5000 }),
    ...treeOptions,
    maxFeatures: oneOf("sqrt", "features looked at in each split", ["sqrt", "all"]),
    bootstrap: flag(true, "grow each tree on rows drawn with replacement"),
  },
  async fit({ x, y, classes, options, random, threads, signal, onProgress }): Promise<TreesState> {
    const [rows, features] = x.shape as [number, number];
    const maxFeatures = options.maxFeatures === "sqrt" ? Math.max(1, Math.floor(Math.sqrt(features))) : features;
    const targets = { y, outputs: classes, isClass: true };
    const task = {
      binned: binFeatures(x.data, rows, features),
      targets,
      growth: growthOf(options, maxFeatures),
      bootstrap: options.bootstrap,
      key: random.state,
    };
    return { trees: await growForest(task, options.nTrees, { threads, signal, onProgress }) };
  },
  probabilities: predictTrees,
  toOnnx: treesClassifierToOnnx,
  importances: ({ trees }) => meanImportances(trees),
});
