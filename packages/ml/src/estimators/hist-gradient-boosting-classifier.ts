import { type BoostedTrees, boost } from "../boosting/boost.ts";
import { boostOptions, boostSettings } from "../boosting/boost-options.ts";
import { boostScores, gainShares } from "../boosting/boost-scores.ts";
import { boostedToOnnx } from "../boosting/boosted-to-onnx.ts";
import { defineClassifier } from "../define-classifier.ts";
import { classWeightOption } from "../sample-weight.ts";

/**
 * Trees that each correct what those before them got wrong, grown over features in bins; takes missing values.
 *
 * @throws `ml/feature-option`, `ml/categories`, `ml/too-large`
 * @see Ke et al. 2017, "LightGBM: a highly efficient gradient boosting decision tree"
 */
export const histGradientBoostingClassifier = defineClassifier({
  name: "histGradientBoostingClassifier",
  allowsMissing: true,
  options: { ...boostOptions, ...classWeightOption },
  weighs: true,
  fit(context): Promise<BoostedTrees> {
    const { y, classes } = context;
    const outputs = classes === 2 ? 1 : classes;
    return boost({ ...boostSettings(context, y), y, outputs, loss: { name: "logLoss", quantile: 0.5 } });
  },
  probabilities(x, state, classes) {
    const scores = boostScores(x, state);
    return classes === 2 ? logistic(scores) : softmax(scores, classes);
  },
  toOnnx(g, x, state, labels) {
    const scores = boostedToOnnx(g, x, state);
    if (labels.length > 2) return g.op("Softmax", [scores], { axis: 1 });
    return g.op("Concat", [g.op("Sigmoid", [g.op("Neg", [scores])]), g.op("Sigmoid", [scores])], { axis: 1 });
  },
  importances: gainShares,
});

/** Both classes' probabilities from the score of the second. */
function logistic(scores: Float64Array): Float64Array {
  const both = new Float64Array(2 * scores.length);
  for (const [row, score] of scores.entries()) {
    both[2 * row] = 1 / (1 + Math.exp(score));
    both[2 * row + 1] = 1 / (1 + Math.exp(-score));
  }
  return both;
}

function softmax(scores: Float64Array, classes: number): Float64Array {
  for (let at = 0; at < scores.length; at += classes) {
    const row = scores.subarray(at, at + classes);
    const most = row.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      row[k] = Math.exp(row[k]! - most);
      sum += row[k]!;
    }
    for (let k = 0; k < classes; k++) row[k]! /= sum;
  }
  return scores;
}
