import { expect, it } from "vitest";
import { golden } from "../testing/check-golden.ts";
import { confusionMatrix } from "./confusion-matrix.ts";

const recorded = golden<{ truth: number[]; predicted: number[]; probabilities: number[]; confusion: number[][] }>(
  "metrics",
);
const [truth, predicted] = [recorded.truth.map(String), recorded.predicted.map(String)];

it("agrees with scikit-learn", () => {
  expect(confusionMatrix(truth, predicted)).toEqual({ labels: ["0", "1", "2"], counts: recorded.confusion });
});
