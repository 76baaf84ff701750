import { expect, it } from "vitest";
import { golden } from "../testing/check-golden.ts";
import { rocAuc } from "./roc-auc.ts";

const recorded = golden<{
  truth: number[];
  predicted: number[];
  probabilities: number[];
  rocAuc: number;
  binaryRocAuc: number;
}>("metrics");
const truth = recorded.truth.map(String);

it("agrees with scikit-learn for several classes", () => {
  expect(rocAuc(truth, recorded.probabilities, ["0", "1", "2"])).toBeCloseTo(recorded.rocAuc, 12);
});

it("agrees with scikit-learn for two", () => {
  const pairs = truth.flatMap((_, row) => [
    1 - recorded.probabilities[3 * row + 1]!,
    recorded.probabilities[3 * row + 1]!,
  ]);
  expect(
    rocAuc(
      truth.map((label) => (label === "1" ? "yes" : "no")),
      pairs,
      ["no", "yes"],
    ),
  ).toBeCloseTo(recorded.binaryRocAuc, 12);
});
