import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { rootMeanSquaredLogError } from "./root-mean-squared-log-error.ts";

it("is scikit-learn's", () => {
  const { recorded } = scored();
  const [truth, guesses] = [recorded.numbers!.map(Math.abs), recorded.guesses!.map(Math.abs)];
  expect(rootMeanSquaredLogError(truth, guesses)).toBeCloseTo(recorded.rootMeanSquaredLogError!, 12);
});

it("refuses numbers below 0", () => {
  expect(() => rootMeanSquaredLogError([1], [-1])).toThrow(expect.objectContaining({ code: "ml/negative" }));
});
