import { oneOf } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { classWeightOption } from "../sample-weight.ts";
import { fitForest, forestOptions } from "../tree/fit-forest.ts";
import { meanImportances } from "../tree/tree-ensemble.ts";
import { predictTrees, treesClassifierToOnnx } from "../tree/tree-models.ts";

/**
 * Trees grown on resampled rows and drawn features; their class shares are averaged.
 *
 * A feature with more than 256 values is cut at quantiles.
 *
 * @see Breiman 2001, "Random forests", https://doi.org/10.1023/A:1010933404324
 */
export const randomForestClassifier = defineClassifier({
  name: "randomForestClassifier",
  options: {
    ...forestOptions(true),
    ...classWeightOption,
    maxFeatures: oneOf("sqrt", "features looked at in each split", ["sqrt", "all"]),
  },
  weighs: true,
  fit: ({ y, classes, options, ...context }) => fitForest(context, options, { y, outputs: classes, isClass: true }),
  probabilities: predictTrees,
  toOnnx: treesClassifierToOnnx,
  importances: ({ trees }) => meanImportances(trees),
});
