import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { matthewsCorrelation } from "./matthews-correlation.ts";

it("agrees with scikit-learn", () => {
  const { recorded, truth, predicted } = scored();
  expect(matthewsCorrelation(truth, predicted)).toBeCloseTo(recorded.matthewsCorrelation!, 12);
});

it("is 0 when one class is predicted throughout", () => {
  expect(matthewsCorrelation(["a", "b"], ["a", "a"])).toBe(0);
});
