/** Points of the receiver operating characteristic, from (0, 0) to (1, 1), and the area under it. */
export interface Roc {
  readonly points: readonly (readonly [falsePositiveRate: number, truePositiveRate: number])[];
  readonly auc: number;
}

/** The curve over all thresholds; equal scores move it along one slanted step. NaN without positives or negatives. */
export function rocCurve(isPositive: readonly boolean[], scores: ArrayLike<number>): Roc {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const positives = isPositive.filter(Boolean).length;
  const negatives = isPositive.length - positives;
  const points: [number, number][] = [[0, 0]];
  let [hits, alarms, auc] = [0, 0, 0];
  for (let i = 0; i < order.length; ) {
    const score = scores[order[i]!]!;
    const [hitsBefore, alarmsBefore] = [hits, alarms];
    for (; i < order.length && scores[order[i]!] === score; i++) {
      if (isPositive[order[i]!]) hits++;
      else alarms++;
    }
    auc += ((alarms - alarmsBefore) * (hits + hitsBefore)) / 2;
    points.push([alarms / negatives, hits / positives]);
  }
  return { points, auc: auc / (positives * negatives) };
}
