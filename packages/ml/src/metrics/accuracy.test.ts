import { expect, it } from "vitest";
import { golden } from "../testing/check-golden.ts";
import { accuracy } from "./accuracy.ts";

const recorded = golden<{ truth: number[]; predicted: number[]; probabilities: number[]; accuracy: number }>("metrics");
const [truth, predicted] = [recorded.truth.map(String), recorded.predicted.map(String)];

it("agrees with scikit-learn", () => {
  expect(accuracy(truth, predicted)).toBeCloseTo(recorded.accuracy, 12);
});
