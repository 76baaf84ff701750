import { oneOf } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { classWeightOption } from "../sample-weight.ts";
import { fitForest, forestOptions } from "../tree/fit-forest.ts";
import { meanImportances } from "../tree/tree-ensemble.ts";
import { predictTrees, treesClassifierToOnnx } from "../tree/tree-models.ts";

/**
 * Trees that cut each drawn feature at a drawn place; their class shares are averaged.
 *
 * A feature with more than 256 values is cut at quantiles.
 *
 * @see Geurts, Ernst and Wehenkel 2006, "Extremely randomized trees", https://doi.org/10.1007/s10994-006-6226-1
 */
export const extraTreesClassifier = defineClassifier({
  name: "extraTreesClassifier",
  options: {
    ...forestOptions(false),
    ...classWeightOption,
    maxFeatures: oneOf("sqrt", "features looked at in each split", ["sqrt", "all"]),
  },
  weighs: true,
  fit: ({ y, classes, options, ...context }) =>
    fitForest(context, options, { y, outputs: classes, isClass: true }, { randomCuts: true }),
  probabilities: predictTrees,
  toOnnx: treesClassifierToOnnx,
  importances: ({ trees }) => meanImportances(trees),
});
