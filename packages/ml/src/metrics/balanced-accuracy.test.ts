import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";

it("agrees with scikit-learn", () => {
  const { recorded, truth, predicted } = scored();
  expect(balancedAccuracy(truth, predicted)).toBeCloseTo(recorded.balancedAccuracy!, 12);
});
