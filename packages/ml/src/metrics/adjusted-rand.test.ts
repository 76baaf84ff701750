import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { adjustedRand } from "./adjusted-rand.ts";

it("agrees with scikit-learn", () => {
  const { recorded, truth, predicted } = scored();
  expect(adjustedRand(truth, predicted)).toBeCloseTo(recorded.adjustedRand!, 12);
});

it("does not look at names", () => {
  expect(adjustedRand(["a", "a", "b"], ["y", "y", "x"])).toBe(1);
});
