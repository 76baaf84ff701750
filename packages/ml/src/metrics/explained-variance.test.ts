import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { explainedVariance } from "./explained-variance.ts";

it("agrees with scikit-learn", () => {
  const { recorded } = scored();
  expect(explainedVariance(recorded.numbers!, recorded.guesses!)).toBeCloseTo(recorded.explainedVariance!, 12);
});
