import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { topKAccuracy } from "./top-k-accuracy.ts";

it("agrees with scikit-learn", () => {
  const { recorded, truth } = scored();
  expect(topKAccuracy(truth, recorded.probabilities!, ["0", "1", "2"], 2)).toBeCloseTo(recorded.topKAccuracy!, 12);
});
