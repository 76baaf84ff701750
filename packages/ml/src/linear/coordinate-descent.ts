import { type LongWork, yieldToEventLoop } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import { centred, interceptOf } from "./centred.ts";
import type { LinearState } from "./linear-scores.ts";
import { dot } from "./svd.ts";

export interface SparseRegression extends LongWork {
  readonly alpha: number;
  readonly l1Ratio: number;
  readonly fitIntercept: boolean;
  readonly maxIter: number;
  /** Duality gap at which to stop, as a share of ‖y‖². */
  readonly tol: number;
}

/**
 * Minimises Σ weight (y − xw)² / 2 Σ weight + alpha (l1Ratio ‖w‖₁ + (1 − l1Ratio) ‖w‖² / 2), one coefficient at a time.
 *
 * @see Friedman, Hastie and Tibshirani 2010, "Regularization paths via coordinate descent", https://doi.org/10.18637/jss.v033.i01
 */
export async function coordinateDescent(
  { x, y, weights }: { readonly x: Matrix; readonly y: Float64Array; readonly weights: Float64Array },
  { alpha, l1Ratio, fitIntercept, maxIter, tol, signal, onProgress }: SparseRegression,
): Promise<LinearState> {
  const problem = centred(x, y, weights, fitIntercept);
  const { columns, target } = problem;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [lasso, ridge] = [alpha * l1Ratio * total, alpha * (1 - l1Ratio) * total];
  const squares = columns.map((column) => dot(column, column));
  const w = new Float64Array(columns.length);
  const residual = Float64Array.from(target);
  const goal = tol * dot(target, target);
  for (let iteration = 0; iteration < maxIter; iteration++) {
    let hasMoved = false;
    for (const [j, column] of columns.entries()) {
      if (squares[j] === 0) continue;
      const before = w[j]!;
      const pull = dot(column, residual) + squares[j]! * before;
      w[j] = (Math.sign(pull) * Math.max(0, Math.abs(pull) - lasso)) / (squares[j]! + ridge);
      const step = w[j]! - before;
      if (step === 0) continue;
      hasMoved = true;
      for (let row = 0; row < residual.length; row++) residual[row]! -= step * column[row]!;
    }
    const gap = dualityGap();
    onProgress?.({
      stage: "descending",
      done: iteration + 1,
      total: maxIter,
      unit: "iterations",
      metrics: { gap },
    });
    if (gap <= goal || !hasMoved) break;
    await yieldToEventLoop(signal);
  }
  return { coefficients: w, intercepts: interceptOf(problem, w) };

  /** How far the objective is from its minimum at most: the residual, shrunk until feasible, is a dual point. */
  function dualityGap(): number {
    const slope = columns.reduce(
      (most, column, j) => Math.max(most, Math.abs(dot(column, residual) - ridge * w[j]!)),
      0,
    );
    const shrink = slope > lasso ? lasso / slope : 1;
    const squared = dot(residual, residual);
    const length = w.reduce((sum, value) => sum + Math.abs(value), 0);
    return (
      ((1 + shrink ** 2) / 2) * squared +
      lasso * length -
      shrink * dot(residual, target) +
      (ridge / 2) * (1 + shrink ** 2) * dot(w, w)
    );
  }
}
