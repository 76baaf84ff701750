import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { calibrationCurve } from "./calibration-curve.ts";

it("agrees with scikit-learn", () => {
  const { recorded, isPositive } = scored();
  const points = calibrationCurve(isPositive, recorded.scores!);
  expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(isPositive.length);
  for (const [i, { predicted, observed }] of points.entries()) {
    expect(predicted).toBeCloseTo(recorded.meanPredicted![i] as number, 12);
    expect(observed).toBeCloseTo(recorded.observed![i] as number, 12);
  }
});
