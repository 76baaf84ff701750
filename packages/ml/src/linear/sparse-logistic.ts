import { pauses } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import type { LinearState } from "./linear-scores.ts";
import { type LogisticProblem, logLossOf } from "./logistic-problem.ts";

/** Passes over the coefficients of one quadratic model at most. */
const mostPasses = 1000;
/** A quadratic model is solved to this share of how far the problem is from its optimum. */
const precision = 0.01;
/** What sums of losses are blurred by, as a share. */
const rounding = 8 * Number.EPSILON;
/** Steps in a row that lower nothing but the slopes. */
const patience = 5;

/**
 * Solves a problem with an L1 penalty: each step minimises a quadratic model of the loss with the penalty, one coefficient at a time, and a line search
 * shortens the way there.
 *
 * @see Yuan, Ho and Lin 2012, "An improved GLMNET for L1-regularized logistic regression", https://jmlr.org/papers/v13/yuan12a.html
 */
export async function sparseLogistic(problem: LogisticProblem): Promise<LinearState> {
  const { x, y, weights, outputs, lasso, ridge, maxIter, tol, signal, onProgress } = problem;
  const [rows, features] = x.shape as [number, number];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Free intercepts allow for centred columns, which depend on each other less. The last column is the intercept's.
  const raw = columnsOf(x);
  const means = raw.map((column) => column.reduce((sum, value, row) => sum + weights[row]! * value, 0) / total);
  const columns = [...raw.map((column, j) => column.map((value) => value - means[j]!)), new Float64Array(rows).fill(1)];
  const stride = features + 1;
  const lassoAt = (j: number) => (j < features ? lasso : 0);
  const ridgeAt = (j: number) => (j < features ? ridge : 0);

  let w = new Float64Array(outputs * stride);
  /** By output and row. */
  let scores = Array.from({ length: outputs }, () => new Float64Array(rows));
  const residuals = scores.map((each) => new Float64Array(each.length));
  let objective = evaluate(w, scores);
  let idle = 0;
  const pause = pauses({ signal });
  for (let iteration = 0; iteration < maxIter; iteration++) {
    const gradient = gradientOf(w);
    const violation = w.reduce(
      (most, value, i) => Math.max(most, distance(gradient[i]!, value, lassoAt(i % stride))),
      0,
    );
    onProgress?.({
      stage: "minimising",
      done: iteration,
      total: maxIter,
      unit: "iterations",
      metrics: { loss: objective / total, violation: violation / total },
    });
    if (violation <= tol * total) break;
    const { step, moves } = await quadraticStep(gradient, precision * violation);
    // What the step lowers at least, were the loss as steep all the way.
    let slope = 0;
    for (const [i, value] of w.entries())
      slope += gradient[i]! * step[i]! + lassoAt(i % stride) * (Math.abs(value + step[i]!) - Math.abs(value));
    let isLower = false;
    for (let size = 1; size > 1e-10 && !isLower; size /= 2) {
      const moved = w.map((value, i) => value + size * step[i]!);
      const next = scores.map((each, k) => each.map((score, row) => score + size * moves[k]![row]!));
      const reached = evaluate(moved, next);
      isLower = reached <= objective + 0.01 * size * slope + rounding * objective;
      if (!isLower) continue;
      idle = objective - reached <= rounding * objective ? idle + 1 : 0;
      [w, scores, objective] = [moved, next, reached];
    }
    if (!isLower || idle >= patience) break;
    await pause();
  }
  const coefficients = new Float64Array(outputs * features);
  const intercepts = new Float64Array(outputs);
  for (let k = 0; k < outputs; k++) {
    coefficients.set(w.subarray(k * stride, k * stride + features), k * features);
    intercepts[k] = means.reduce((rest, mean, j) => rest - mean * w[k * stride + j]!, w[k * stride + features]!);
  }
  return { coefficients, intercepts };

  /** The loss with its penalties; leaves the weighted derivatives by score in `residuals`. */
  function evaluate(at: Float64Array, given: readonly Float64Array[]): number {
    const each = new Float64Array(outputs);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < outputs; k++) each[k] = given[k]![row]!;
      sum += weights[row]! * logLossOf(each, y[row]!);
      for (let k = 0; k < outputs; k++) residuals[k]![row] = each[k]!;
    }
    for (const [i, value] of at.entries())
      sum += lassoAt(i % stride) * Math.abs(value) + (ridgeAt(i % stride) * value ** 2) / 2;
    return sum;
  }

  function gradientOf(at: Float64Array): Float64Array {
    return at.map((value, i) => {
      const [column, residual] = [columns[i % stride]!, residuals[Math.floor(i / stride)]!];
      let sum = ridgeAt(i % stride) * value;
      for (let row = 0; row < rows; row++) sum += weights[row]! * residual[row]! * column[row]!;
      return sum;
    });
  }

  /** The step that minimises the quadratic model, and what it changes the scores by. */
  async function quadraticStep(gradient: Float64Array, goal: number) {
    // p − [k = label] is the residual.
    const shares = residuals.map((residual, k) =>
      residual.map((value, row) => value + Number(outputs === 1 ? y[row] === 1 : y[row] === k)),
    );
    const weighted = shares.map((share) => share.map((p, row) => weights[row]! * p));
    const diagonal = gradient.map((_, i) => {
      const [column, k] = [columns[i % stride]!, Math.floor(i / stride)];
      let sum = ridgeAt(i % stride);
      for (let row = 0; row < rows; row++) sum += weighted[k]![row]! * (1 - shares[k]![row]!) * column[row]! ** 2;
      return sum;
    });
    const step = new Float64Array(w.length);
    const moves = shares.map((share) => new Float64Array(share.length));
    /** Of all scores, by their probabilities. */
    const mean = new Float64Array(rows);
    // Between passes over all coefficients only those that are not zero are looked at.
    let isWhole = true;
    for (let passes = 0; passes < mostPasses; passes++) {
      let worst = 0;
      for (let j = 0; j < stride; j++) {
        const column = columns[j]!;
        let hasMoved = false;
        for (let k = 0; k < outputs; k++) {
          const i = k * stride + j;
          const value = w[i]! + step[i]!;
          if (diagonal[i]! <= 0 || (value === 0 && !isWhole)) continue;
          const [share, own, move] = [shares[k]!, weighted[k]!, moves[k]!];
          let slope = gradient[i]! + ridgeAt(j) * step[i]!;
          for (let row = 0; row < rows; row++) slope += own[row]! * (move[row]! - mean[row]!) * column[row]!;
          worst = Math.max(worst, distance(slope, value, lassoAt(j)));
          const free = value - slope / diagonal[i]!;
          const change = Math.sign(free) * Math.max(0, Math.abs(free) - lassoAt(j) / diagonal[i]!) - value;
          if (change === 0) continue;
          hasMoved = true;
          step[i]! += change;
          for (let row = 0; row < rows; row++) {
            move[row]! += change * column[row]!;
            mean[row]! += change * share[row]! * column[row]!;
          }
        }
        if (hasMoved && outputs > 1) shift(step, j);
      }
      if (worst > goal) isWhole = false;
      else if (isWhole) break;
      else isWhole = true;
      await pause();
    }
    return { step, moves };
  }

  /** Takes from a feature's coefficients what all classes have alike: probabilities stay, and the penalty falls. */
  function shift(step: Float64Array, j: number): void {
    if (j === features) return;
    const values = Float64Array.from({ length: outputs }, (_, k) => w[k * stride + j]! + step[k * stride + j]!);
    const alike = cheapestShift(values, lasso, ridge);
    for (let k = 0; k < outputs; k++) step[k * stride + j]! -= alike;
  }
}

/** How far a coefficient is from the optimum's condition: the smallest slope that the penalty's corner allows. */
function distance(slope: number, value: number, lasso: number): number {
  if (value !== 0) return Math.abs(slope + Math.sign(value) * lasso);
  return Math.max(0, Math.abs(slope) - lasso);
}

/** The c of the least Σ lasso |v − c| + ridge (v − c)² / 2: a median of the values and of where the squares pull to. */
function cheapestShift(values: Float64Array, lasso: number, ridge: number): number {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const pulls = Array.from({ length: count + 1 }, (_, m) =>
    count === 2 * m ? mean : mean + ((count - 2 * m) * lasso) / (count * ridge),
  );
  return Float64Array.of(...values, ...pulls).sort()[count]!;
}
