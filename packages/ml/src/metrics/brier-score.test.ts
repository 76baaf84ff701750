import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { brierScore } from "./brier-score.ts";

it("agrees with scikit-learn", () => {
  const { recorded, isPositive } = scored();
  expect(brierScore(isPositive, recorded.scores!)).toBeCloseTo(recorded.brierScore!, 12);
});
