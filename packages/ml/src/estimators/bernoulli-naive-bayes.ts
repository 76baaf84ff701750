import { float32, real } from "@athanor/core";
import { classCounts, logPriors } from "../bayes/class-counts.ts";
import { countOptions } from "../bayes/smoothing.ts";
import { defineClassifier } from "../define-classifier.ts";
import { linearClassifier } from "../linear/linear-classifier.ts";
import type { LinearState } from "../linear/linear-scores.ts";

interface BernoulliState extends LinearState {
  readonly threshold: number;
}

/** Naive Bayes for features that are there or not; absence counts as evidence too. */
export const bernoulliNaiveBayes = defineClassifier({
  name: "bernoulliNaiveBayes",
  options: {
    ...countOptions,
    binarize: real(0, "value above which a feature is there"),
  },
  weighs: true,
  fit({ x, y, weights, classes, options: { alpha, fitPrior, binarize } }): BernoulliState {
    const threshold = Math.fround(binarize);
    const { sums, rows } = classCounts(x, y, weights, classes, (value) => Number(value > threshold));
    const features = x.shape[1]!;
    const intercepts = logPriors(rows, fitPrior);
    const coefficients = sums.map((sum, i) => {
      const k = Math.floor(i / features);
      const share = (sum + alpha) / (rows[k]! + 2 * alpha);
      intercepts[k]! += Math.log(1 - share);
      return Math.log(share) - Math.log(1 - share);
    });
    return { coefficients, intercepts, threshold };
  },
  probabilities: (x, state, classes) =>
    linearClassifier.probabilities(
      float32(
        x.data.map((value) => Number(value > state.threshold)),
        x.shape,
      ),
      state,
      classes,
    ),
  toOnnx: (g, x, state) => linearClassifier.toOnnx(g, g.cast(g.greater(x, state.threshold), "float32"), state),
});
