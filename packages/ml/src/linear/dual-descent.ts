import { type LongWork, pauses, type Random } from "@athanor/core";
import type { Matrix } from "../matrix.ts";

export interface DualStop extends LongWork {
  readonly maxIter: number;
  /** Largest violation of the optimum's conditions at which to stop. */
  readonly tol: number;
  readonly random: Random;
}

/** How the coefficient β of a row is held: it pays margin |β| + slack β² / 2 and keeps to its bounds. */
export interface DualTerms {
  readonly targets: ArrayLike<number>;
  readonly margin: number;
  readonly slack: (row: number) => number;
  readonly lower: (row: number) => number;
  readonly upper: (row: number) => number;
}

/**
 * Weights w = Σ β x of the least ½‖w‖² − Σ β target + what the βs pay, one β at a time; a constant feature stands for the intercept.
 *
 * @see Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM", https://doi.org/10.1145/1390156.1390208
 * @see Ho and Lin 2012, "Large-scale linear support vector regression", https://jmlr.org/papers/v13/ho12a.html
 * @returns coefficients, the intercept last
 */
export async function dualDescent(
  x: Matrix,
  { targets, margin, slack, lower, upper }: DualTerms,
  { maxIter, tol, random, signal, onProgress }: DualStop,
): Promise<Float64Array> {
  const [rows, features] = x.shape as [number, number];
  const { data } = x;
  const w = new Float64Array(features + 1);
  const beta = new Float64Array(rows);
  const [slacks, lowest, highest] = [slack, lower, upper].map((of) => Float64Array.from(beta, (_, row) => of(row))) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const squares = slacks.map((own, row) => {
    let sum = 1 + own;
    for (let j = 0; j < features; j++) sum += data[row * features + j]! ** 2;
    return sum;
  });
  const pause = pauses({ signal });
  for (let iteration = 0; iteration < maxIter; iteration++) {
    let violation = 0;
    for (const row of random.permutation(rows)) {
      const at = row * features;
      let score = w[features]!;
      for (let j = 0; j < features; j++) score += w[j]! * data[at + j]!;
      const square = squares[row]!;
      const before = beta[row]!;
      const free = before - (score - targets[row]! + slacks[row]! * before) / square;
      const paid = Math.sign(free) * Math.max(0, Math.abs(free) - margin / square);
      const after = Math.min(highest[row]!, Math.max(lowest[row]!, paid));
      const step = after - before;
      if (step === 0) continue;
      violation = Math.max(violation, Math.abs(step) * square);
      beta[row] = after;
      for (let j = 0; j < features; j++) w[j]! += step * data[at + j]!;
      w[features]! += step;
    }
    onProgress?.({
      stage: "descending",
      done: iteration + 1,
      total: maxIter,
      unit: "iterations",
      metrics: { violation },
    });
    if (violation <= tol) break;
    await pause();
  }
  return w;
}
