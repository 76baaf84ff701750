import type { Matrix } from "../matrix.ts";

/** Columns with their means taken off, the form that least squares with a free intercept works on. */
export interface Centred {
  readonly columns: readonly Float64Array[];
  readonly means: Float64Array;
  readonly target: Float64Array;
  readonly targetMean: number;
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Takes the means off; without an intercept they count as zero. */
export function centred(x: Matrix, y: Float64Array, fitIntercept: boolean): Centred {
  const [rows, features] = x.shape as [number, number];
  const raw = Array.from({ length: features }, (_, j) =>
    Float64Array.from({ length: rows }, (_, row) => x.data[row * features + j]!),
  );
  const means = Float64Array.from(raw, (column) => (fitIntercept ? meanOf(column) : 0));
  const targetMean = fitIntercept ? meanOf(y) : 0;
  return {
    columns: raw.map((column, j) => column.map((value) => value - means[j]!)),
    means,
    target: y.map((value) => value - targetMean),
    targetMean,
  };
}

/** The intercept with which coefficients of the centred problem predict the original one. */
export const interceptOf = ({ means, targetMean }: Centred, coefficients: Float64Array): Float64Array =>
  Float64Array.of(coefficients.reduce((rest, value, j) => rest - value * means[j]!, targetMean));
