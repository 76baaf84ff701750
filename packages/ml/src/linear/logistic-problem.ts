import type { LongWork } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import type { LinearState } from "./linear-scores.ts";

/** What a linear score is fitted to: Σ weight · −log p(label), with a penalty on the coefficients and none on intercepts. */
export interface LogisticProblem extends LongWork {
  readonly x: Matrix;
  readonly y: Int32Array;
  readonly weights: Float64Array;
  /** 1 for two classes, and otherwise one a class. */
  readonly outputs: number;
  /** Of ‖w‖₁. */
  readonly lasso: number;
  /** Of ½‖w‖². */
  readonly ridge: number;
  readonly maxIter: number;
  /** Largest entry of the mean gradient at which to stop. */
  readonly tol: number;
}

/** Replaces scores by the derivatives of −log p(label), which it returns; a single score is that of the second of two classes. */
export function logLossOf(scores: Float64Array, label: number): number {
  if (scores.length === 1) {
    const score = scores[0]!;
    // log(1 + e^s) without overflow
    const soft = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
    scores[0] = 1 / (1 + Math.exp(-score)) - label;
    return soft - label * score;
  }
  let top = scores[0]!;
  for (let k = 1; k < scores.length; k++) top = Math.max(top, scores[k]!);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += Math.exp(scores[k]! - top);
  const loss = top + Math.log(sum) - scores[label]!;
  for (let k = 0; k < scores.length; k++) scores[k] = Math.exp(scores[k]! - top) / sum - Number(k === label);
  return loss;
}

/** One row a class: of two classes the first is all zero, and of more the intercepts, which only matter beside each other, get the mean zero. */
export const rowForEachClass = ({ coefficients, intercepts }: LinearState): LinearState => {
  if (intercepts.length > 1) {
    const mean = intercepts.reduce((sum, each) => sum + each, 0) / intercepts.length;
    return { coefficients, intercepts: intercepts.map((each) => each - mean) };
  }
  return {
    coefficients: Float64Array.of(...coefficients.map(() => 0), ...coefficients),
    intercepts: Float64Array.of(0, intercepts[0]!),
  };
};
