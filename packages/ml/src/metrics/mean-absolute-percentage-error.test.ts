import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { meanAbsolutePercentageError } from "./mean-absolute-percentage-error.ts";

it("agrees with scikit-learn", () => {
  const { recorded } = scored();
  expect(meanAbsolutePercentageError(recorded.numbers!, recorded.guesses!)).toBeCloseTo(
    recorded.meanAbsolutePercentageError!,
    12,
  );
});
