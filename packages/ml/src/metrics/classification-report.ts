import { accuracy } from "./accuracy.ts";
import { confusionMatrix } from "./confusion-matrix.ts";

/** How well one class is predicted. */
export interface ClassScores {
  /** Share of the predictions of a class that are right. */
  readonly precision: number;
  /** Share of a class that is found. */
  readonly recall: number;
  /** Harmonic mean of both. */
  readonly f1: number;
  /** Rows of the class. */
  readonly support: number;
}

/** How well each class and all together are predicted. */
export interface ClassificationReport {
  readonly classes: Readonly<Record<string, ClassScores>>;
  readonly accuracy: number;
  /** Mean over classes. */
  readonly macro: ClassScores;
  /** Mean weighted by the classes' rows. */
  readonly weighted: ClassScores;
}

/** Scores of each class with their means; a score that would divide by zero is 0. */
export function classificationReport(truth: readonly string[], predicted: readonly string[]): ClassificationReport {
  const { labels, counts } = confusionMatrix(truth, predicted);
  const ratio = (a: number, b: number) => (b === 0 ? 0 : a / b);
  const scores = labels.map((label, k): readonly [string, ClassScores] => {
    const right = counts[k]![k]!;
    const support = counts[k]!.reduce((sum, count) => sum + count, 0);
    const precision = ratio(
      right,
      counts.reduce((sum, row) => sum + row[k]!, 0),
    );
    const recall = ratio(right, support);
    return [label, { precision, recall, f1: ratio(2 * precision * recall, precision + recall), support }];
  });
  const mean = (weightOf: (scores: ClassScores) => number): ClassScores => {
    const total = scores.reduce((sum, [, each]) => sum + weightOf(each), 0);
    const over = (key: "precision" | "recall" | "f1") =>
      scores.reduce((sum, [, each]) => sum + weightOf(each) * each[key], 0) / total;
    return { precision: over("precision"), recall: over("recall"), f1: over("f1"), support: truth.length };
  };
  return {
    classes: Object.fromEntries(scores),
    accuracy: accuracy(truth, predicted),
    macro: mean(() => 1),
    weighted: mean(({ support }) => support),
  };
}
