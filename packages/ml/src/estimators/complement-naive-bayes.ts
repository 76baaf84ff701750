import { flag, real } from "@athanor/core";
import { checkCounts, classCounts } from "../bayes/class-counts.ts";
import { defineClassifier } from "../define-classifier.ts";
import { linearClassifier } from "../linear/linear-classifier.ts";
import type { LinearState } from "../linear/linear-scores.ts";

const name = "complementNaiveBayes";

/**
 * Naive Bayes for counts that learns each class from the rows of all others, which suits classes of uneven size.
 *
 * @throws `ml/negative`
 * @see Rennie et al. 2003, "Tackling the poor assumptions of naive Bayes text classifiers"
 */
export const complementNaiveBayes = defineClassifier({
  name,
  options: {
    alpha: real(1, "added to each count, so that nothing is impossible", { min: 1e-10, max: 1e6, scale: "log" }),
    norm: flag(false, "scale the weights of each class to sum to one"),
  },
  weighs: true,
  fit({ x, y, weights, classes, options: { alpha, norm } }): LinearState {
    checkCounts(name, x);
    const { sums } = classCounts(x, y, weights, classes);
    const features = x.shape[1]!;
    const all = new Float64Array(features);
    for (const [i, sum] of sums.entries()) all[i % features]! += sum;
    const coefficients = new Float64Array(sums.length);
    for (let k = 0; k < classes; k++) {
      const others = all.map((sum, j) => sum - sums[k * features + j]! + alpha);
      const total = others.reduce((a, b) => a + b);
      const logs = others.map((sum) => Math.log(sum / total));
      // A single feature has the share 1 everywhere, whose logarithm cannot be scaled.
      const scale = norm ? logs.reduce((a, b) => a + b) || 1 : -1;
      coefficients.set(
        logs.map((log) => log / scale),
        k * features,
      );
    }
    return { coefficients, intercepts: new Float64Array(classes) };
  },
  ...linearClassifier,
});
