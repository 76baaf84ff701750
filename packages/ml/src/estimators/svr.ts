import { real } from "@athanor/core";
import { defineRegressor } from "../define-regressor.ts";
import { takeSamples } from "../matrix.ts";
import { similarityOf } from "../svm/similarity.ts";
import { solveAside } from "../svm/solve-aside.ts";
import { svmOptions } from "../svm/svm-options.ts";
import { predictSvr, type SvrState, svrToOnnx } from "../svm/svr-state.ts";

/**
 * Regression by support vectors: errors within epsilon cost nothing, larger ones what they exceed it by.
 *
 * @throws `ml/too-large`
 * @see Smola and Schölkopf 2004, "A tutorial on support vector regression", https://doi.org/10.1023/B:STCO.0000035301.49549.88
 */
export const svr = defineRegressor({
  name: "svr",
  options: { ...svmOptions, epsilon: real(0.1, "error that costs nothing", { min: 0 }) },
  weighs: true,
  async fit({ x, y, weights, options, threads, signal, onProgress }): Promise<SvrState> {
    const { c, epsilon, cacheMegabytes, tol, maxIter } = options;
    const similarity = similarityOf(x, options);
    const problem = {
      data: x.data,
      features: x.shape[1]!,
      rows: Int32Array.from(y, (_, row) => row),
      targets: y,
      margin: epsilon,
      lower: weights.map((weight) => -c * weight),
      upper: weights.map((weight) => c * weight),
      similarity,
      cacheBytes: 1e6 * cacheMegabytes,
    };
    const { coefficients, intercept } = await solveAside(problem, { tol, maxIter }, { threads, signal, onProgress });
    return {
      vectors: takeSamples(
        x,
        problem.rows.filter((row) => coefficients[row] !== 0),
      ).data,
      coefficients: coefficients.filter((value) => value !== 0),
      intercept,
      similarity,
    };
  },
  predict: predictSvr,
  toOnnx: svrToOnnx,
});
