import { expect, it } from "vitest";
import { golden } from "../testing/check-golden.ts";
import { classificationReport } from "./classification-report.ts";

const recorded = golden<{
  truth: number[];
  predicted: number[];
  probabilities: number[];
  report: Record<string, Record<string, number>>;
}>("metrics");
const [truth, predicted] = [recorded.truth.map(String), recorded.predicted.map(String)];

it("agrees with scikit-learn", () => {
  const { classes, macro, weighted } = classificationReport(truth, predicted);
  const pairs = [...Object.entries(classes), ["macro avg", macro], ["weighted avg", weighted]] as const;
  for (const [name, { precision, recall, f1, support }] of pairs) {
    const theirs = recorded.report[name]!;
    expect(precision).toBeCloseTo(theirs.precision!, 12);
    expect(recall).toBeCloseTo(theirs.recall!, 12);
    expect(f1).toBeCloseTo(theirs["f1-score"]!, 12);
    expect(support).toBe(theirs.support);
  }
});

it("scores a class that is never predicted with 0", () => {
  expect(classificationReport(["a", "b"], ["a", "a"]).classes.b).toEqual({
    precision: 0,
    recall: 0,
    f1: 0,
    support: 1,
  });
});
