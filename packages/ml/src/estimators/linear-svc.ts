import { integer, oneOf, real } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { dualDescent } from "../linear/dual-descent.ts";
import { linearClassifier } from "../linear/linear-classifier.ts";
import type { LinearState } from "../linear/linear-scores.ts";
import { classWeightOption } from "../sample-weight.ts";

/**
 * Linear support vector machine, one class against the rest. The intercept is penalised as the coefficients are.
 *
 * Probabilities are the softmax of the margins: they order classes as the margins do, and are not calibrated.
 *
 * @see Fan et al. 2008, "LIBLINEAR: a library for large linear classification", https://jmlr.org/papers/v9/fan08a.html
 */
export const linearSvc = defineClassifier({
  name: "linearSvc",
  options: {
    c: real(1, "weight of the data against the penalty", { min: 1e-9, max: 1e9, scale: "log" }),
    loss: oneOf("squaredHinge", "what a sample within the margin costs: its distance, or that squared", [
      "hinge",
      "squaredHinge",
    ]),
    ...classWeightOption,
    maxIter: integer(1000, "passes over the samples at most", { min: 1 }),
    tol: real(1e-4, "largest violation of the optimum's conditions at which to stop", { min: 0 }),
  },
  weighs: true,
  async fit({ x, y, weights, classWeights, classes, options, random, signal, onProgress }): Promise<LinearState> {
    const { loss, maxIter, tol } = options;
    const features = x.shape[1]!;
    const coefficients = new Float64Array(classes * features);
    const intercepts = new Float64Array(classes);
    const isSquared = loss === "squaredHinge";
    const separate = async (k: number) => {
      // Of several classes, the rest that one is told from has the weight of no class.
      const weight = (row: number) =>
        (options.c * weights[row]!) / (classes > 2 && y[row] !== k ? classWeights[y[row]!]! : 1);
      const bound = (row: number) => (isSquared ? Number.POSITIVE_INFINITY : weight(row));
      const terms = {
        targets: Int8Array.from(y, (label) => (label === k ? 1 : -1)),
        margin: 0,
        slack: (row: number) => (isSquared ? 1 / (2 * weight(row)) : 0),
        lower: (row: number) => (y[row] === k ? 0 : -bound(row)),
        upper: (row: number) => (y[row] === k ? bound(row) : 0),
      };
      return dualDescent(x, terms, { maxIter, tol, random: random.split(k), signal, onProgress });
    };
    // Of two classes one separation serves both: the other's score stays zero.
    for (let k = classes === 2 ? 1 : 0; k < classes; k++) {
      const w = await separate(k);
      coefficients.set(w.subarray(0, features), k * features);
      intercepts[k] = w[features]!;
    }
    return { coefficients, intercepts };
  },
  ...linearClassifier,
});
