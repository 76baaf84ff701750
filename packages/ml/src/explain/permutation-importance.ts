import { float32, Random } from "@athanor/core";
import type { Matrix } from "../matrix.ts";

/** How much a score falls when one feature is shuffled. */
export interface PermutationImportance {
  readonly mean: number;
  /** Standard deviation over the repeats. */
  readonly deviation: number;
}

/**
 * Measures each feature by what its loss does to a score that is better when higher: its values are dealt out among the samples anew.
 *
 * @see Breiman 2001, "Random forests"
 */
export function permutationImportance(
  rankOf: (x: Matrix) => number,
  x: Matrix,
  { repeats = 5, seed = 0 }: { readonly repeats?: number; readonly seed?: number } = {},
): readonly PermutationImportance[] {
  const [rows, features] = x.shape as [number, number];
  const whole = rankOf(x);
  const shuffled = float32(x.data.slice(), x.shape);
  return Array.from({ length: features }, (_, feature) => {
    const falls = Array.from({ length: repeats }, (__, repeat) => {
      const order = Random.from(seed).split(`feature ${feature}, repeat ${repeat}`).permutation(rows);
      for (let row = 0; row < rows; row++)
        shuffled.data[row * features + feature] = x.data[order[row]! * features + feature]!;
      return whole - rankOf(shuffled);
    });
    for (let at = feature; at < x.data.length; at += features) shuffled.data[at] = x.data[at]!;
    const mean = falls.reduce((a, b) => a + b) / repeats;
    return { mean, deviation: Math.sqrt(falls.reduce((sum, fall) => sum + (fall - mean) ** 2, 0) / repeats) };
  });
}
