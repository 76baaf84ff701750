import { type LongWork, type Random, yieldToEventLoop } from "@athanor/core";
import type { Matrix } from "../matrix.ts";

export interface MarginProblem extends LongWork {
  readonly c: number;
  readonly maxIter: number;
  /** Largest violation of the optimum's conditions at which to stop. */
  readonly tol: number;
  readonly random: Random;
}

/**
 * Minimises ½‖w‖² + c Σ max(0, 1 − side · wx)², one dual variable at a time; a constant feature stands for the intercept.
 *
 * @see Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM", https://doi.org/10.1145/1390156.1390208
 * @returns coefficients, the intercept last
 */
export async function supportVectors(
  x: Matrix,
  sides: Int8Array,
  { c, maxIter, tol, random, signal, onProgress }: MarginProblem,
): Promise<Float64Array> {
  const [rows, features] = x.shape as [number, number];
  const w = new Float64Array(features + 1);
  const dual = new Float64Array(rows);
  const slack = 1 / (2 * c);
  const squares = Float64Array.from({ length: rows }, (_, row) => {
    let sum = 1 + slack;
    for (let j = 0; j < features; j++) sum += x.data[row * features + j]! ** 2;
    return sum;
  });
  for (let iteration = 0; iteration < maxIter; iteration++) {
    let violation = 0;
    for (const row of random.permutation(rows)) {
      const at = row * features;
      let score = w[features]!;
      for (let j = 0; j < features; j++) score += w[j]! * x.data[at + j]!;
      const slope = sides[row]! * score - 1 + slack * dual[row]!;
      violation = Math.max(violation, Math.abs(dual[row] === 0 ? Math.min(0, slope) : slope));
      const before = dual[row]!;
      dual[row] = Math.max(0, before - slope / squares[row]!);
      const step = (dual[row]! - before) * sides[row]!;
      if (step === 0) continue;
      for (let j = 0; j < features; j++) w[j]! += step * x.data[at + j]!;
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
    await yieldToEventLoop(signal);
  }
  return w;
}
