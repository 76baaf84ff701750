import { integer, real } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { linearClassifier } from "../linear/linear-classifier.ts";
import type { LinearState } from "../linear/linear-scores.ts";
import { supportVectors } from "../linear/support-vectors.ts";

/**
 * Linear support vector machine with squared hinge loss, one class against the rest.
 *
 * Probabilities are the softmax of the margins: they order classes as the margins do, and are not calibrated.
 *
 * @see Fan et al. 2008, "LIBLINEAR: a library for large linear classification", https://jmlr.org/papers/v9/fan08a.html
 */
export const linearSvc = defineClassifier({
  name: "linearSvc",
  options: {
    c: real(1, "weight of the data against the penalty", { min: 1e-9, max: 1e9, scale: "log" }),
    maxIter: integer(1000, "passes over the samples at most", { min: 1 }),
    tol: real(1e-4, "largest violation of the optimum's conditions at which to stop", { min: 0 }),
  },
  async fit({ x, y, classes, options, random, signal, onProgress }): Promise<LinearState> {
    const features = x.shape[1]!;
    const coefficients = new Float64Array(classes * features);
    const intercepts = new Float64Array(classes);
    const separate = async (k: number) =>
      supportVectors(
        x,
        Int8Array.from(y, (label) => (label === k ? 1 : -1)),
        { ...options, random: random.split(k), signal, onProgress },
      );
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
