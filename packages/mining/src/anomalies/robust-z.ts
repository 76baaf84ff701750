import { quantile, sorted } from "../quantile.ts";

/** Values on a scale that a few wild ones do not stretch. */
export interface RobustScores {
  readonly median: number;
  /** Estimate of the standard deviation that leaves the tails alone; 0 when all values are equal. */
  readonly deviation: number;
  /** Standard deviations from the median; NaN where a value is missing. */
  readonly z: Float64Array;
}

/** A normal distribution's standard deviation over its median, and over its mean, absolute deviation. */
const [overMedian, overMean] = [1.482602218505602, 1.2533141373155001];

/**
 * How many standard deviations each value lies from the median, where the deviation comes from the median of the absolute
 * ones, or from their mean when more than half the values are equal.
 *
 * @see Iglewicz and Hoaglin 1993, "How to detect and handle outliers"
 */
export function robustZ(values: Float64Array): RobustScores {
  const median = quantile(sorted(values), 0.5);
  const away = sorted(values.map((value) => Math.abs(value - median)));
  const deviation = overMedian * quantile(away, 0.5) || (overMean * away.reduce((a, b) => a + b, 0)) / away.length || 0;
  return {
    median,
    deviation,
    z: values.map((value) => (deviation > 0 ? (value - median) / deviation : value - median)),
  };
}
