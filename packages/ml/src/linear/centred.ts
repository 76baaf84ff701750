import { columnsOf } from "../columns/columns-of.ts";
import type { Matrix } from "../matrix.ts";

/** Columns with their means taken off, the form that least squares with a free intercept works on; rows are scaled by the roots of their weights. */
export interface Centred {
  readonly columns: readonly Float64Array[];
  readonly means: Float64Array;
  readonly target: Float64Array;
  readonly targetMean: number;
}

/** Takes the means off; without an intercept they count as zero. */
export function centred(x: Matrix, y: Float64Array, weights: Float64Array, fitIntercept: boolean): Centred {
  const raw = columnsOf(x);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanOf = (values: Float64Array) =>
    fitIntercept ? values.reduce((sum, value, row) => sum + weights[row]! * value, 0) / total : 0;
  const roots = weights.map(Math.sqrt);
  const means = Float64Array.from(raw, meanOf);
  const targetMean = meanOf(y);
  const less = (values: Float64Array, mean: number) => values.map((value, row) => roots[row]! * (value - mean));
  return {
    columns: raw.map((column, j) => less(column, means[j]!)),
    means,
    target: less(y, targetMean),
    targetMean,
  };
}

/** The intercept with which coefficients of the centred problem predict the original one. */
export const interceptOf = ({ means, targetMean }: Centred, coefficients: Float64Array): Float64Array =>
  Float64Array.of(coefficients.reduce((rest, value, j) => rest - value * means[j]!, targetMean));
