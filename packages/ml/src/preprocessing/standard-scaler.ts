import { type AffineState, affine, inverse } from "../columns/affine.ts";
import { columnsOf } from "../columns/columns-of.ts";
import { meanOf, varianceOf } from "../columns/moments.ts";
import { defineTransformer } from "../define-transformer.ts";

/** What is subtracted from a column and what it is divided by; missing values become the mean. */
export interface ScalerState {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and standard deviation of the values that are present; a constant column is divided by 1. */
export function fitStandardScaler(values: ArrayLike<number>): ScalerState {
  const present = Array.from(values).filter(Number.isFinite);
  const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
  const variance = present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, present.length);
  return { mean: Math.fround(mean), deviation: Math.fround(Math.sqrt(variance)) || 1 };
}

/** Computed step by step in single precision, as the exported operators compute it. */
export const scale = (value: number, { mean, deviation }: ScalerState): number =>
  Number.isNaN(value) ? 0 : Math.fround(Math.fround(Math.fround(value) - mean) / deviation);

/** Centres each column on its mean and divides it by its standard deviation. */
export const standardScaler = defineTransformer({
  name: "standardScaler",
  options: {},
  fit({ x }): AffineState {
    const columns = columnsOf(x);
    return {
      offsets: Float64Array.from(columns, meanOf),
      scales: Float64Array.from(columns, (column) => inverse(Math.sqrt(varianceOf(column)))),
    };
  },
  ...affine,
});
