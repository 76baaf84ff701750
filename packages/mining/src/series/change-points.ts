import { type LongWork, pauses } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { quantile, sorted } from "../quantile.ts";
import { checkSeries } from "./check-series.ts";

/** What may change, and how much evidence a change needs. */
export interface ChangePointOptions extends LongWork {
  /** `mean`: the level alone; `mean-and-variance`: the level and how far values lie around it. */
  readonly of?: "mean" | "mean-and-variance";
  /** Fewest values between two changes. */
  readonly minLength?: number;
  /** What a change must save in cost; by default Bayes' information criterion. */
  readonly penalty?: number;
}

/** Stretches of a series that differ. */
export interface ChangePoints {
  /** First position of each stretch but the first. */
  readonly changes: readonly number[];
  readonly means: readonly number[];
  /** Costs of the stretches and penalties of the changes. */
  readonly cost: number;
}

/**
 * Parts a series where it changes so that the cost is least; the result is exact.
 *
 * @throws `mining/series`, `mining/option`
 * @see Killick, Fearnhead and Eckley 2012, "Optimal detection of changepoints with a linear computational cost"
 */
export async function changePoints(values: Float64Array, options: ChangePointOptions = {}): Promise<ChangePoints> {
  const { of = "mean", minLength = of === "mean" ? 1 : 2, signal, onProgress } = options;
  checkOptions("changePoints", { minLength: [minLength, { min: of === "mean" ? 1 : 2, whole: true }] });
  checkSeries("changePoints", values, 2 * minLength);
  const { penalty = defaultPenalty(values, of) } = options;
  checkOptions("changePoints", { penalty: [penalty, { min: 0 }] });
  const count = values.length;
  const cost = costOf(values, of);
  const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Uint32Array(count + 1);
  best[0] = -penalty;
  let starts: { readonly at: number; until: number }[] = [];
  const pause = pauses({ signal });
  for (let end = minLength; end <= count; end++) {
    starts = starts.filter(({ until }) => end < until);
    if (end === minLength || end >= 2 * minLength)
      starts.push({ at: end - minLength, until: Number.POSITIVE_INFINITY });
    for (const { at } of starts) {
      const total = best[at]! + cost(at, end) + penalty;
      if (total < best[end]!) [best[end], before[end]] = [total, at];
    }
    // A start that even without a further penalty costs more than this end is of no use once a stretch may start here.
    for (const start of starts)
      if (best[start.at]! + cost(start.at, end) > best[end]!) start.until = Math.min(start.until, end + minLength);
    if (end % 256 === 0) onProgress?.({ stage: "looking for changes", done: end, total: count, unit: "values" });
    await pause();
  }
  const changes: number[] = [];
  for (let end = before[count]!; end > 0; end = before[end]!) changes.unshift(end);
  const means = [0, ...changes].map((from, i) => {
    const part = values.subarray(from, changes[i] ?? count);
    return part.reduce((a, b) => a + b) / part.length;
  });
  return { changes, means, cost: best[count]! };
}

/** The cost of the values from `start` to `end`, from sums made once. */
function costOf(values: Float64Array, of: "mean" | "mean-and-variance"): (start: number, end: number) => number {
  const centre = values.reduce((a, b) => a + b) / values.length;
  const [sums, squares] = [new Float64Array(values.length + 1), new Float64Array(values.length + 1)];
  for (const [i, value] of values.entries()) {
    sums[i + 1] = sums[i]! + value - centre;
    squares[i + 1] = squares[i]! + (value - centre) ** 2;
  }
  // Keeps the logarithm of a stretch of equal values finite.
  const least = 1e-9 * (squares[values.length]! / values.length) || Number.MIN_VALUE;
  return (start, end) => {
    const length = end - start;
    const spread = Math.max(0, squares[end]! - squares[start]! - (sums[end]! - sums[start]!) ** 2 / length);
    return of === "mean" ? spread : length * Math.log(Math.max(least, spread / length));
  };
}

/** Two, or three, numbers a change in units of the noise: for levels, that of the steps from value to value, which changes hardly touch. */
function defaultPenalty(values: Float64Array, of: "mean" | "mean-and-variance"): number {
  if (of === "mean-and-variance") return 3 * Math.log(values.length);
  const steps = sorted(
    Float64Array.from({ length: values.length - 1 }, (_, i) => Math.abs(values[i + 1]! - values[i]!)),
  );
  const deviation = (1.482602218505602 * quantile(steps, 0.5)) / Math.SQRT2;
  return 2 * deviation ** 2 * Math.log(values.length) || Number.MIN_VALUE;
}
