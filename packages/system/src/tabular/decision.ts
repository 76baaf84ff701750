import { AthanorError, float32 } from "@athanor/core";
import { labelToOnnx, precisionRecallCurve, type Scorer } from "@athanor/ml";
import type { GraphBuilder, Value } from "@athanor/onnx";

/** How probabilities become a label: the largest of `probabilities × weights`, `[classes, classes]` by rows. */
export interface Decision {
  readonly weights: readonly (readonly number[])[];
}

/** What it costs to take a class, by row, for another, by column. */
export type Costs = readonly (readonly number[])[];

/**
 * Reads costs such as `bad as good: 5`; an error that is not named costs 1.
 *
 * @throws `config/costs`
 */
export function readCosts(owner: string, lines: readonly string[], labels: readonly string[]): Costs {
  const costs = labels.map((_, i) => labels.map((__, j) => Number(i !== j)));
  for (const line of lines) {
    const [, truth, predicted, cost] = /^(.+) as (.+): *(\d+(?:\.\d+)?)$/.exec(line) ?? [];
    const [row, column] = [labels.indexOf(truth ?? ""), labels.indexOf(predicted ?? "")];
    if (row < 0 || column < 0 || row === column)
      throw new AthanorError(
        "config/costs",
        `${owner}: expected costs such as "${labels[1]} as ${labels[0]}: 5" of the labels ${labels.join(", ")}, got "${line}"`,
        { fix: "Write TRUE as PREDICTED: COST." },
      );
    costs[row]![column] = Number(cost);
  }
  return costs;
}

/** Takes the label of the highest probability. */
export const mostProbable = (classes: number): Decision => ({
  weights: Array.from({ length: classes }, (_, i) => Array.from({ length: classes }, (__, j) => Number(i === j))),
});

/** Takes the label that is expected to cost least. */
export const cheapest = (costs: Costs): Decision => ({ weights: costs.map((row) => row.map((cost) => -cost)) });

/** Takes the second of two labels when its probability reaches a threshold. */
export const above = (threshold: number): Decision => ({
  weights: [
    [threshold, 0],
    [0, 1 - threshold],
  ],
});

/** The labels that a decision takes. */
export function decide({ weights }: Decision, probabilities: Float64Array, labels: readonly string[]): string[] {
  const classes = labels.length;
  return Array.from({ length: probabilities.length / classes }, (_, row) => {
    let [best, most] = [0, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < classes; k++) {
      let score = 0;
      for (let j = 0; j < classes; j++) score += probabilities[row * classes + j]! * weights[j]![k]!;
      if (score > most) [best, most] = [k, score];
    }
    return labels[best]!;
  });
}

/** The label of a decision as operators. */
export function decideToOnnx(g: GraphBuilder, probabilities: Value, { weights }: Decision, labels: readonly string[]) {
  const size = labels.length;
  return labelToOnnx(g, g.matMul(probabilities, g.constant(float32(weights.flat(), [size, size]))), labels);
}

/** Mean cost of a case. */
export function meanCost(
  truth: readonly string[],
  predicted: readonly string[],
  labels: readonly string[],
  costs: Costs,
): number {
  const places = new Map(labels.map((label, k) => [label, k]));
  const total = truth.reduce((sum, label, i) => sum + costs[places.get(label)!]![places.get(predicted[i]!)!]!, 0);
  return total / truth.length;
}

/** Scores probabilities by the mean cost of the cheapest decisions. */
export const costScorer = (costs: Costs): Scorer => ({
  name: "cost",
  better: "lower",
  of: "classes",
  score: (truth, probabilities, labels) =>
    meanCost(truth as readonly string[], decide(cheapest(costs), probabilities, labels), labels, costs),
});

/** The threshold at which the second of two labels has the highest F1, and that F1. */
export function bestThreshold(truth: readonly string[], probabilities: Float64Array, labels: readonly string[]) {
  const points = precisionRecallCurve(
    truth.map((label) => label === labels[1]),
    probabilities.filter((_, i) => i % 2 === 1),
  );
  let best = { threshold: 0.5, f1: 0 };
  for (const [i, { precision, recall, threshold }] of points.entries()) {
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    // Half-way to the next probability, which new rows are as likely to fall on either side of.
    if (f1 > best.f1) best = { threshold: (threshold + (points[i + 1]?.threshold ?? threshold)) / 2, f1 };
  }
  return best;
}

/** Scores probabilities by F1 at the best threshold. */
export const bestF1Scorer: Scorer = {
  name: "f1",
  better: "higher",
  of: "classes",
  score: (truth, probabilities, labels) => bestThreshold(truth as readonly string[], probabilities, labels).f1,
};
