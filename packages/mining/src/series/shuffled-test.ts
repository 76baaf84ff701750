import { type LongWork, pauses, Random } from "@athanor/core";

/**
 * The probability that a series in random order scores as much as in its own: the share of shuffles that do, its own order
 * counted as one of them.
 *
 * @see Phipson and Smyth 2010, "Permutation p-values should never be zero"
 */
export async function shuffledTest(
  values: Float64Array,
  score: (values: Float64Array) => number,
  { seed, shuffles = 999, signal }: { readonly seed: number; readonly shuffles?: number } & LongWork,
): Promise<number> {
  const pause = pauses({ signal });
  const random = Random.from(seed).split("shuffles");
  const own = score(values);
  const shuffled = values.slice();
  let asMuch = 1;
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    if (score(random.shuffle(shuffled)) >= own) asMuch++;
    await pause();
  }
  return asMuch / (shuffles + 1);
}

/** The share of a series' variance that lies between the phases of a season. */
export function seasonScore(values: Float64Array, period: number): number {
  const [sums, counts] = [new Float64Array(period), new Float64Array(period)];
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  let total = 0;
  for (const [i, value] of values.entries()) {
    sums[i % period]! += value - mean;
    counts[i % period]!++;
    total += (value - mean) ** 2;
  }
  return total > 0 ? sums.reduce((sum, each, phase) => sum + each ** 2 / counts[phase]!, 0) / total : 0;
}

/** The share of a series' variance that its best single step explains. */
export function stepScore(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  let [sum, total, best] = [0, 0, 0];
  for (const [i, value] of values.entries()) {
    sum += value - mean;
    total += (value - mean) ** 2;
    const [before, after] = [i + 1, values.length - i - 1];
    if (after > 0) best = Math.max(best, sum ** 2 * (1 / before + 1 / after));
  }
  return total > 0 ? best / total : 0;
}
