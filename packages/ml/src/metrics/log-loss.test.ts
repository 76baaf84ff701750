import { expect, it } from "vitest";
import { golden } from "../testing/check-golden.ts";
import { logLoss } from "./log-loss.ts";

const recorded = golden<{ truth: number[]; predicted: number[]; probabilities: number[]; logLoss: number }>("metrics");
const truth = recorded.truth.map(String);

it("agrees with scikit-learn", () => {
  expect(logLoss(truth, recorded.probabilities, ["0", "1", "2"])).toBeCloseTo(recorded.logLoss, 10);
});
