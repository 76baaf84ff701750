import { integer, oneOf, real } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { dualDescent } from "../linear/dual-descent.ts";
import { type LinearState, linearRegressorToOnnx, linearScores } from "../linear/linear-scores.ts";

/**
 * Linear regression by support vectors: errors within epsilon cost nothing. The intercept is penalised as the coefficients are.
 *
 * @see Ho and Lin 2012, "Large-scale linear support vector regression", https://jmlr.org/papers/v13/ho12a.html
 */
export const linearSvr = defineRegressor({
  name: "linearSvr",
  options: {
    c: real(1, "weight of the data against the penalty", { min: 1e-9, max: 1e9, scale: "log" }),
    epsilon: real(0, "error that costs nothing", { min: 0 }),
    loss: oneOf("epsilonInsensitive", "what an error beyond epsilon costs: its excess, or that squared", [
      "epsilonInsensitive",
      "squaredEpsilonInsensitive",
    ]),
    maxIter: integer(1000, "passes over the samples at most", { min: 1 }),
    tol: real(1e-4, "largest violation of the optimum's conditions at which to stop", { min: 0 }),
  },
  weighs: true,
  async fit({ x, y, weights, options, random, signal, onProgress }): Promise<LinearState> {
    const { c, epsilon, loss, maxIter, tol } = options;
    const isSquared = loss === "squaredEpsilonInsensitive";
    const bound = (row: number) => (isSquared ? Number.POSITIVE_INFINITY : c * weights[row]!);
    const terms = {
      targets: y,
      margin: epsilon,
      slack: (row: number) => (isSquared ? 1 / (2 * c * weights[row]!) : 0),
      lower: (row: number) => -bound(row),
      upper: bound,
    };
    const w = await dualDescent(x, terms, { maxIter, tol, random, signal, onProgress });
    return { coefficients: w.slice(0, -1), intercepts: w.slice(-1) };
  },
  predict: linearScores,
  toOnnx: linearRegressorToOnnx,
});
