import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { maxError } from "./max-error.ts";

it("is scikit-learn's", () => {
  const { recorded } = scored();
  expect(maxError(recorded.numbers!, recorded.guesses!)).toBeCloseTo(recorded.maxError!, 12);
});
