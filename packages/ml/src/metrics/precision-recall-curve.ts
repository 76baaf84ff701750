/** What is found and how much of it is right, as the threshold falls. */
export interface PrecisionRecallPoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
}

/** One point a distinct score, the highest first; recall is NaN without positives. */
export function precisionRecallCurve(
  isPositive: readonly boolean[],
  scores: ArrayLike<number>,
): readonly PrecisionRecallPoint[] {
  const order = [...isPositive.keys()].sort((a, b) => scores[b]! - scores[a]!);
  const positives = isPositive.filter(Boolean).length;
  const points: PrecisionRecallPoint[] = [];
  let hits = 0;
  for (const [i, row] of order.entries()) {
    hits += Number(isPositive[row]);
    const threshold = scores[row]!;
    if (i + 1 < order.length && scores[order[i + 1]!] === threshold) continue;
    points.push({ threshold, precision: hits / (i + 1), recall: hits / positives });
  }
  return points;
}
