import { precisionRecallCurve } from "./precision-recall-curve.ts";

/** Mean precision over the steps of recall: Σ (recall − recall before) precision. */
export function averagePrecision(isPositive: readonly boolean[], scores: ArrayLike<number>): number {
  let [sum, before] = [0, 0];
  for (const { precision, recall } of precisionRecallCurve(isPositive, scores)) {
    sum += (recall - before) * precision;
    before = recall;
  }
  return sum;
}
