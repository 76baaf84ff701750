import { flag, integer, integers, real } from "@athanor/core";
import { c45ToOnnx } from "../c45/c45-to-onnx.ts";
import { type C45State, flatten, predictC45 } from "../c45/c45-tree.ts";
import { grow } from "../c45/grow.ts";
import { prune } from "../c45/prune.ts";
import { trainingOf } from "../c45/training.ts";
import { checkCategorical } from "../columns/check-categorical.ts";
import { defineClassifier } from "../define-classifier.ts";
import { classWeightOption } from "../sample-weight.ts";

const name = "c45Classifier";

/**
 * A tree of questions of the best gain ratio, one branch a category and two for numbers, pruned by the errors to expect.
 *
 * A row whose answer is missing goes down every branch in fractions, when it is learned from and when it is predicted.
 *
 * @throws `ml/feature-option`
 * @see Quinlan 1993, "C4.5: programs for machine learning"
 * @see Quinlan 1996, "Improved use of continuous attributes in C4.5", https://doi.org/10.1613/jair.279
 */
export const c45Classifier = defineClassifier({
  name,
  allowsMissing: true,
  options: {
    categorical: integers([], "features whose values are names without an order", { min: 0 }),
    minSamplesLeaf: integer(2, "samples that at least two branches of a question keep", { min: 1 }),
    cutPenalty: flag(true, "charge a question about a number for the choice among its cuts"),
    confidence: real(0.25, "confidence of the errors to expect; the smaller, the more is pruned", {
      min: 1e-6,
      max: 0.5,
    }),
    ...classWeightOption,
    pruning: flag(true, "replace subtrees that are not expected to make fewer errors"),
    subtreeRaising: flag(true, "let pruning put the largest branch in the place of a subtree, too"),
  },
  weighs: true,
  fit({ x, y, weights, classes, options }): C45State {
    const { categorical, minSamplesLeaf, cutPenalty, confidence, pruning, subtreeRaising } = options;
    checkCategorical(name, categorical, x.shape[1]!);
    const training = trainingOf(x, y, classes, categorical);
    const cases = { rows: Int32Array.from(y.keys()), weights };
    const grown = grow(training, cases, { minSamplesLeaf, penalty: cutPenalty });
    return flatten(pruning ? prune(training, grown, cases, { confidence, subtreeRaising }) : grown, training);
  },
  probabilities: predictC45,
  toOnnx: (g, x, state, labels) => c45ToOnnx(g, x, state, labels.length),
  importances: ({ importances }) => Array.from(importances),
});
