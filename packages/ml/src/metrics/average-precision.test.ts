import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { averagePrecision } from "./average-precision.ts";

it("agrees with scikit-learn", () => {
  const { recorded, isPositive } = scored();
  expect(averagePrecision(isPositive, recorded.scores!)).toBeCloseTo(recorded.averagePrecision!, 12);
});
