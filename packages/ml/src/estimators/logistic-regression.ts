import { integer, oneOf, real } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { linearClassifier } from "../linear/linear-classifier.ts";
import type { LinearState } from "../linear/linear-scores.ts";
import { rowForEachClass } from "../linear/logistic-problem.ts";
import { smoothLogistic } from "../linear/smooth-logistic.ts";
import { sparseLogistic } from "../linear/sparse-logistic.ts";
import { classWeightOption } from "../sample-weight.ts";

/**
 * Class probabilities from a linear score, with a penalty; softmax over classes, a single logistic curve for two.
 *
 * Minimises c Σ −log p(label) plus ½‖w‖², ‖w‖₁, or l1Ratio ‖w‖₁ + (1 − l1Ratio) ½‖w‖², the intercepts free.
 */
export const logisticRegression = defineClassifier({
  name: "logisticRegression",
  options: {
    c: real(1, "weight of the data against the penalty", { min: 1e-9, max: 1e9, scale: "log" }),
    penalty: oneOf("l2", "what coefficients cost: their squares, their sizes, which leaves out features, or both", [
      "l2",
      "l1",
      "elasticnet",
      "none",
    ]),
    l1Ratio: real(0.5, "share of the sizes, for the penalty elasticnet", { min: 0, max: 1 }),
    ...classWeightOption,
    maxIter: integer(200, "iterations at most", { min: 1 }),
    tol: real(1e-5, "largest entry of the mean gradient at which to stop", { min: 0 }),
  },
  weighs: true,
  async fit({
    x,
    y,
    weights,
    classes,
    options: { c, penalty, l1Ratio, maxIter, tol },
    signal,
    onProgress,
  }): Promise<LinearState> {
    const lasso = { l1: 1, elasticnet: l1Ratio, l2: 0, none: 0 }[penalty] / c;
    const ridge = penalty === "none" ? 0 : 1 / c - lasso;
    const outputs = classes === 2 ? 1 : classes;
    const problem = { x, y, weights, outputs, lasso, ridge, maxIter, tol, signal, onProgress };
    return rowForEachClass(await (lasso > 0 ? sparseLogistic(problem) : smoothLogistic(problem)));
  },
  ...linearClassifier,
});
