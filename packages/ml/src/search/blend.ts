/** How much each member of an ensemble counts: shares that sum to one. */
export interface Blend {
  readonly weights: readonly number[];
  /** Of the blended predictions. */
  readonly rank: number;
}

/**
 * Weighs models by what they predicted of rows they had not seen: in each round the one is added, again if need be, that raises `rankOf` most.
 *
 * Once `most` different ones are in, only their weights change. It stops early when no addition helps for a while, and keeps the
 * best of all rounds.
 *
 * @see Caruana et al. 2004, "Ensemble selection from libraries of models"
 */
export function blend(
  predictions: readonly Float64Array[],
  rankOf: (predictions: Float64Array) => number,
  { rounds = 25, most = predictions.length }: { readonly rounds?: number; readonly most?: number } = {},
): Blend {
  const counts = predictions.map(() => 0);
  const sum = new Float64Array(predictions[0]!.length);
  const mean = new Float64Array(sum.length);
  let best: Blend = { weights: [], rank: Number.NEGATIVE_INFINITY };
  let idle = 0;
  for (let round = 1; round <= rounds && idle < patience; round++) {
    const isFull = counts.filter((count) => count > 0).length >= most;
    const ranks = predictions.map((each, k) => {
      if (isFull && counts[k] === 0) return Number.NEGATIVE_INFINITY;
      for (let i = 0; i < sum.length; i++) mean[i] = (sum[i]! + each[i]!) / round;
      return rankOf(mean);
    });
    const pick = ranks.reduce((leader, rank, i) => (rank > ranks[leader]! ? i : leader), 0);
    for (let i = 0; i < sum.length; i++) sum[i]! += predictions[pick]![i]!;
    counts[pick]!++;
    if (ranks[pick]! > best.rank + least) {
      best = { weights: counts.map((count) => count / round), rank: ranks[pick]! };
      idle = 0;
    } else idle++;
  }
  return best;
}

const patience = 5;
/** A gain that is more than rounding. */
const least = 1e-12;
