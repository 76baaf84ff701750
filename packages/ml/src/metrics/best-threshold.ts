/** What mistakes cost. */
export interface MistakeCosts {
  /** A negative taken for positive. */
  readonly falseAlarm: number;
  /** A positive that is missed. */
  readonly miss: number;
}

/** From which score on to act, and what that costs a sample on average. */
export interface Threshold {
  /** Scores of at least this count as positive; infinite when it is cheapest never to act. */
  readonly threshold: number;
  readonly cost: number;
}

/** The threshold of least cost over the given samples; of equally cheap ones the highest. */
export function bestThreshold(
  isPositive: readonly boolean[],
  scores: ArrayLike<number>,
  { falseAlarm, miss }: MistakeCosts,
): Threshold {
  const order = [...isPositive.keys()].sort((a, b) => scores[b]! - scores[a]!);
  let [alarms, misses] = [0, isPositive.filter(Boolean).length];
  let best: Threshold = { threshold: Number.POSITIVE_INFINITY, cost: (miss * misses) / order.length };
  for (const [i, row] of order.entries()) {
    if (isPositive[row]) misses--;
    else alarms++;
    if (i + 1 < order.length && scores[order[i + 1]!] === scores[row]) continue;
    const cost = (falseAlarm * alarms + miss * misses) / order.length;
    if (cost < best.cost) best = { threshold: scores[row]!, cost };
  }
  return best;
}
