/** How p-values are raised because many hypotheses are tested at once. */
export type Correction = "holm" | "benjamini-hochberg";

/**
 * Raises p-values so that, at a level, any false discovery is as rare as that (`holm`), or false discoveries are that
 * share of all at most (`benjamini-hochberg`); returns them in the same order.
 *
 * @see Holm 1979, "A simple sequentially rejective multiple test procedure"
 * @see Benjamini and Hochberg 1995, "Controlling the false discovery rate"
 */
export function corrected(pValues: Float64Array, correction: Correction): Float64Array {
  const count = pValues.length;
  const order = Uint32Array.from(pValues.keys()).sort((a, b) => pValues[a]! - pValues[b]!);
  const out = new Float64Array(count);
  if (correction === "holm") {
    let highest = 0;
    for (let i = 0; i < count; i++)
      out[order[i]!] = highest = Math.max(highest, Math.min(1, (count - i) * pValues[order[i]!]!));
  } else {
    let lowest = 1;
    for (let i = count - 1; i >= 0; i--)
      out[order[i]!] = lowest = Math.min(lowest, (count / (i + 1)) * pValues[order[i]!]!);
  }
  return out;
}
