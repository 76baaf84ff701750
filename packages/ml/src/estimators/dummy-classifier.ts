import { oneOf } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { type LinearState, linearScores, linearScoresToOnnx } from "../linear/linear-scores.ts";

/** Looks at labels alone: what any classifier has to beat. */
export const dummyClassifier = defineClassifier({
  name: "dummyClassifier",
  options: {
    strategy: oneOf("prior", "probabilities given: the classes' shares, all for the largest, or equal ones", [
      "prior",
      "mostFrequent",
      "uniform",
    ]),
  },
  weighs: true,
  fit({ x, y, weights, classes, options: { strategy } }): LinearState {
    const shares = new Float64Array(classes);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [row, k] of y.entries()) shares[k]! += weights[row]! / total;
    const most = shares.indexOf(Math.max(...shares));
    return {
      coefficients: new Float64Array(classes * x.shape[1]!),
      intercepts: shares.map((share, k) => {
        if (strategy === "uniform") return 1 / classes;
        return strategy === "prior" ? share : Number(k === most);
      }),
    };
  },
  probabilities: linearScores,
  toOnnx: (g, x, state) => g.cast(linearScoresToOnnx(g, x, state), "float32"),
});
