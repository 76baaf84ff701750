import { minimise } from "../minimise.ts";
import type { LinearState } from "./linear-scores.ts";
import { type LogisticProblem, logLossOf } from "./logistic-problem.ts";

/** Solves a problem without an L1 penalty. */
export async function smoothLogistic(problem: LogisticProblem): Promise<LinearState> {
  const { x, y, weights, outputs, ridge, maxIter, tol, signal, onProgress } = problem;
  const [rows, features] = x.shape as [number, number];
  const stride = features + 1;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scores = new Float64Array(outputs);
  const loss = (w: Float64Array, into: Float64Array): number => {
    let sum = 0;
    for (let k = 0; k < outputs; k++) {
      for (let j = 0; j < features; j++) {
        sum += (ridge * w[k * stride + j]! ** 2) / (2 * total);
        into[k * stride + j] = (ridge * w[k * stride + j]!) / total;
      }
    }
    for (let row = 0; row < rows; row++) {
      const at = row * features;
      for (let k = 0; k < outputs; k++) {
        let score = w[k * stride + features]!;
        for (let j = 0; j < features; j++) score += w[k * stride + j]! * x.data[at + j]!;
        scores[k] = score;
      }
      const share = weights[row]! / total;
      sum += share * logLossOf(scores, y[row]!);
      for (let k = 0; k < outputs; k++) {
        const residual = share * scores[k]!;
        for (let j = 0; j < features; j++) into[k * stride + j]! += residual * x.data[at + j]!;
        into[k * stride + features]! += residual;
      }
    }
    return sum;
  };
  const start = new Float64Array(outputs * stride);
  const w = await minimise(loss, start, { maxIterations: maxIter, tolerance: tol, signal, onProgress });
  const isIntercept = (i: number) => i % stride === features;
  return { coefficients: w.filter((_, i) => !isIntercept(i)), intercepts: w.filter((_, i) => isIntercept(i)) };
}
