import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { medianAbsoluteError } from "./median-absolute-error.ts";

it("agrees with scikit-learn", () => {
  const { recorded } = scored();
  expect(medianAbsoluteError(recorded.numbers!, recorded.guesses!)).toBeCloseTo(recorded.medianAbsoluteError!, 12);
});
