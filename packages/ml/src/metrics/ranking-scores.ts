/** How soon lists that were put in order show what is wanted. */
export interface RankingScores {
  /** Mean over lists of one over the rank of the first hit. */
  readonly meanReciprocalRank: number;
  /** Mean over lists of the precision at each hit, over all that there is to find. */
  readonly meanAveragePrecision: number;
  /** Share of lists with a hit among the first `k`. */
  readonly hitRate: number;
}

/**
 * Judges orders by scores, one list a query; of equal scores the item given first comes first.
 *
 * @param isWanted by list and item, whether it is what was looked for; lists without any count as 0
 * @see Manning, Raghavan and Schütze 2008, "Introduction to information retrieval", chapter 8
 */
export function rankingScores(
  isWanted: readonly (readonly boolean[])[],
  scores: readonly ArrayLike<number>[],
  k = 10,
): RankingScores {
  let [reciprocal, precision, hits] = [0, 0, 0];
  for (const [list, wanted] of isWanted.entries()) {
    const own = scores[list]!;
    const order = [...wanted.keys()].sort((a, b) => own[b]! - own[a]! || a - b);
    const ranks = order.flatMap((item, place) => (wanted[item] ? [place + 1] : []));
    if (ranks.length === 0) continue;
    reciprocal += 1 / ranks[0]!;
    precision += ranks.reduce((sum, rank, i) => sum + (i + 1) / rank, 0) / ranks.length;
    hits += Number(ranks[0]! <= k);
  }
  const lists = isWanted.length;
  return {
    meanReciprocalRank: reciprocal / lists,
    meanAveragePrecision: precision / lists,
    hitRate: hits / lists,
  };
}
