import { checkCounts, classCounts, logPriors } from "../bayes/class-counts.ts";
import { countOptions } from "../bayes/smoothing.ts";
import { defineClassifier } from "../define-classifier.ts";
import { linearClassifier } from "../linear/linear-classifier.ts";
import type { LinearState } from "../linear/linear-scores.ts";

const name = "multinomialNaiveBayes";

/**
 * Naive Bayes for counts, such as words of a text: each class draws features with its own shares.
 *
 * @throws `ml/negative`
 * @see McCallum and Nigam 1998, "A comparison of event models for naive Bayes text classification"
 */
export const multinomialNaiveBayes = defineClassifier({
  name,
  options: countOptions,
  weighs: true,
  fit({ x, y, weights, classes, options: { alpha, fitPrior } }): LinearState {
    checkCounts(name, x);
    const { sums, rows } = classCounts(x, y, weights, classes);
    const features = x.shape[1]!;
    const totals = rows.map((_, k) =>
      sums.subarray(k * features, (k + 1) * features).reduce((total, sum) => total + sum + alpha, 0),
    );
    return {
      coefficients: sums.map((sum, i) => Math.log((sum + alpha) / totals[Math.floor(i / features)]!)),
      intercepts: logPriors(rows, fitPrior),
    };
  },
  ...linearClassifier,
});
