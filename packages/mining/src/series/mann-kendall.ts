import { checkSeries } from "./check-series.ts";

/** Whether a series tends to rise or fall. */
export interface Trend {
  /** Pairs that rise less pairs that fall, over all pairs: from -1 to 1. */
  readonly tau: number;
  /** Probability of so strong a tendency, either way, in values that come in random order. */
  readonly pValue: number;
}

/**
 * Tests a series for a trend, whatever its form; values near in time must not depend on each other beyond it.
 *
 * @throws `mining/series`
 * @see Mann 1945, "Nonparametric tests against trend"
 */
export function mannKendall(values: Float64Array): Trend {
  checkSeries("mannKendall", values, 3);
  const count = values.length;
  const pairs = (count * (count - 1)) / 2;
  let [tied, tieTerm] = [0, 0];
  const ascending = values.slice().sort();
  for (let from = 0, to = 0; from < count; from = to) {
    while (to < count && ascending[to] === ascending[from]) to++;
    const ties = to - from;
    tied += (ties * (ties - 1)) / 2;
    tieTerm += ties * (ties - 1) * (2 * ties + 5);
  }
  const score = pairs - tied - 2 * fallingPairs(values.slice());
  const deviation = Math.sqrt((count * (count - 1) * (2 * count + 5) - tieTerm) / 18);
  // A score changes in steps of two, so one of it is left out.
  const z = deviation === 0 ? 0 : Math.max(0, Math.abs(score) - 1) / deviation;
  return { tau: score / pairs, pValue: twoSided(z) };
}

/** Counts the pairs whose later value is smaller, while sorting by merging. */
function fallingPairs(values: Float64Array, spare = new Float64Array(values.length)): number {
  if (values.length < 2) return 0;
  const middle = values.length >> 1;
  let falling =
    fallingPairs(values.subarray(0, middle), spare.subarray(0, middle)) +
    fallingPairs(values.subarray(middle), spare.subarray(middle));
  for (let i = 0, left = 0, right = middle; i < values.length; i++) {
    if (right === values.length || (left < middle && values[left]! <= values[right]!)) spare[i] = values[left++]!;
    else {
      falling += middle - left;
      spare[i] = values[right++]!;
    }
  }
  values.set(spare);
  return falling;
}

/** The probability of a standard normal value farther from 0 than `z`. */
export function twoSided(z: number): number {
  // Continued fraction of the tail from the middle on, series before: both to full precision.
  const x = Math.abs(z);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 3) {
    let fraction = x;
    for (let i = 60; i >= 1; i--) fraction = x + i / fraction;
    return (2 * density) / fraction;
  }
  let [term, sum] = [x, x];
  for (let i = 3; Math.abs(term) > 1e-18 * Math.abs(sum) && i < 400; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 1 - 2 * density * sum;
}
