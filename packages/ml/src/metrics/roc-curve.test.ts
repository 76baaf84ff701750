import { expect, it } from "vitest";
import { rocCurve } from "./roc-curve.ts";

it("steps through the thresholds, equal scores at once", () => {
  expect(rocCurve([true, true, false, false], [0.9, 0.5, 0.5, 0.1])).toEqual({
    points: [
      [0, 0],
      [0, 0.5],
      [0.5, 1],
      [1, 1],
    ],
    auc: 0.875,
  });
});

it("is a diagonal when scores say nothing", () => {
  expect(rocCurve([true, false], [1, 1])).toEqual({
    points: [
      [0, 0],
      [1, 1],
    ],
    auc: 0.5,
  });
});
