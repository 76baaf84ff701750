import { rocCurve } from "./roc-curve.ts";

/** Area under the curve: of the second label for two classes, the mean of one against the rest for more. */
export function rocAuc(truth: readonly string[], probabilities: ArrayLike<number>, labels: readonly string[]): number {
  const areaOf = (k: number) => {
    const scores = Float64Array.from({ length: truth.length }, (_, row) => probabilities[row * labels.length + k]!);
    return rocCurve(
      truth.map((label) => label === labels[k]),
      scores,
    ).auc;
  };
  if (labels.length === 2) return areaOf(1);
  const areas = labels.map((_, k) => areaOf(k)).filter(Number.isFinite);
  return areas.reduce((sum, area) => sum + area, 0) / areas.length;
}
