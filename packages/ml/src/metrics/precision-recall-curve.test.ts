import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { precisionRecallCurve } from "./precision-recall-curve.ts";

it("goes through scikit-learn's points", () => {
  const { recorded, isPositive } = scored();
  const points = precisionRecallCurve(isPositive, recorded.scores!);
  expect(points).toHaveLength(recorded.precision!.length);
  for (const [i, { precision, recall }] of points.entries()) {
    expect(precision).toBeCloseTo(recorded.precision![i] as number, 12);
    expect(recall).toBeCloseTo(recorded.recall![i] as number, 12);
  }
});
