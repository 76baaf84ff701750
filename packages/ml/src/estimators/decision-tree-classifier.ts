import { defineClassifier } from "../define-classifier.ts";
import { classWeightOption, unevenWeights } from "../sample-weight.ts";
import { binFeatures } from "../tree/bin-features.ts";
import { growTree } from "../tree/grow-tree.ts";
import { meanImportances } from "../tree/tree-ensemble.ts";
import { predictTrees, type TreesState, treesClassifierToOnnx } from "../tree/tree-models.ts";
import { growthOf, treeOptions } from "../tree/tree-options.ts";

/**
 * A tree of yes-or-no questions that ends in class shares; split by Gini impurity.
 *
 * A feature with more than 256 values is cut at quantiles.
 *
 * @see Breiman et al. 1984, "Classification and regression trees"
 */
export const decisionTreeClassifier = defineClassifier({
  name: "decisionTreeClassifier",
  options: { ...treeOptions, ...classWeightOption },
  weighs: true,
  fit({ x, y, weights, classes, options, random }): TreesState {
    const [rows, features] = x.shape as [number, number];
    const targets = { y, outputs: classes, isClass: true };
    return {
      trees: [
        growTree(
          binFeatures(x.data, rows, features),
          targets,
          unevenWeights(weights),
          growthOf(options, features),
          random,
        ),
      ],
    };
  },
  probabilities: predictTrees,
  toOnnx: treesClassifierToOnnx,
  importances: ({ trees }) => meanImportances(trees),
});
