import type { Matrix } from "../matrix.ts";
import { centred, interceptOf } from "./centred.ts";
import type { LinearState } from "./linear-scores.ts";
import { dot, svd } from "./svd.ts";

/** Minimises Σ weight (y − xw)² + penalty ‖w‖²; the shortest of equally good coefficients. */
export function leastSquares(
  { x, y, weights }: { readonly x: Matrix; readonly y: Float64Array; readonly weights: Float64Array },
  penalty: number,
  fitIntercept: boolean,
): LinearState {
  const problem = centred(x, y, weights, fitIntercept);
  const { left, values, right } = svd(problem.columns);
  // Directions that rounding alone made are no directions of the data.
  const cut = Number.EPSILON * Math.max(...x.shape) * (values[0] ?? 0);
  const coefficients = new Float64Array(right.length);
  for (const [i, value] of values.entries()) {
    if (value <= cut) continue;
    const step = (dot(left[i]!, problem.target) * value) / (value * value + penalty);
    for (let j = 0; j < coefficients.length; j++) coefficients[j]! += step * right[i]![j]!;
  }
  return { coefficients, intercepts: interceptOf(problem, coefficients) };
}
