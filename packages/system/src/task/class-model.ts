import { accuracy, bestLabels, classificationReport, confusionMatrix } from "@athanor/ml";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { classNumber } from "./class-number.ts";
import type { Evaluation } from "./define-task.ts";
import type { Field } from "./model-card.ts";

/** What a model of classes says of its outputs. */
export const classOutputs: readonly Field[] = [
  { name: "label", type: "label", help: "the predicted label" },
  { name: "probabilities", type: "distribution", help: "probability of each label" },
];

/** Makes probabilities the outputs of a graph, with the name of the most probable class. */
export function outputClasses(g: GraphBuilder, probabilities: Value, labels: readonly string[]): void {
  const best = g.op("ArgMax", [probabilities], { axis: 1, keepdims: 0 });
  const names = { keys_int64s: labels.map((_, i) => i), values_strings: labels };
  g.output("label", g.op("LabelEncoder", [best], names, { domain: "ai.onnx.ml" }));
  g.output("probabilities", probabilities);
}

/**
 * How probabilities, row after row, fit the truth.
 *
 * @throws `task/unknown-class` for a label that was not learned
 */
export function classEvaluation(
  truth: readonly string[],
  probabilities: ArrayLike<number>,
  labels: readonly string[],
): Evaluation {
  for (const label of truth) classNumber(label, labels);
  const predicted = bestLabels(Float64Array.from(probabilities), labels);
  return {
    metrics: {
      accuracy: accuracy(truth, predicted),
      f1: classificationReport(truth, predicted).macro.f1,
      rows: truth.length,
    },
    confusion: confusionMatrix(truth, predicted, [...labels]),
  };
}
