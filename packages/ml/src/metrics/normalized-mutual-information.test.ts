import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { normalizedMutualInformation } from "./normalized-mutual-information.ts";

it("agrees with scikit-learn", () => {
  const { recorded, truth, predicted } = scored();
  expect(normalizedMutualInformation(truth, predicted)).toBeCloseTo(recorded.normalizedMutualInformation!, 12);
});

it("is 1 for a single cluster beside itself", () => {
  expect(normalizedMutualInformation(["a", "a"], ["b", "b"])).toBe(1);
});
