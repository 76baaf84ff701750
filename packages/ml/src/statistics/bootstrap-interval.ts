import { Random } from "@athanor/core";
import { quantileOf } from "../quantile-of.ts";

/** An interval that holds a metric of the population with a given confidence. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How sure a metric is: quantiles of its values on rows drawn with replacement.
 *
 * @see Efron and Tibshirani 1993, "An introduction to the bootstrap"
 */
export function bootstrapInterval(
  rows: number,
  metric: (rows: Int32Array) => number,
  { confidence = 0.95, resamples = 1000, seed = 0 }: { confidence?: number; resamples?: number; seed?: number } = {},
): Interval {
  const random = Random.from(seed);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const values = Float64Array.from({ length: resamples }, () => metric(all.map(() => random.integer(rows)))).filter(
    (value) => !Number.isNaN(value),
  );
  return {
    value: metric(all),
    low: quantileOf(values, (1 - confidence) / 2),
    high: quantileOf(values, (1 + confidence) / 2),
  };
}
