import type { GraphBuilder, Value } from "@athanor/onnx";
import { logProbabilities } from "../folder/log-probabilities.ts";

type Scores = Readonly<Record<string, Value>>;

/** Mean of the probabilities that networks side by side give each class: `[batch, classes]`. */
export function meanProbabilities(g: GraphBuilder, scores: Scores): Value {
  const each = Object.values(scores).map((one) => g.softmax(one));
  return g.mul(
    each.reduce((sum, one) => g.add(sum, one)),
    1 / each.length,
  );
}

/**
 * The file of a classifier of texts: `input_ids` and `attention_mask` in, as Hugging Face's libraries call them, and the label, its
 * probabilities and their logarithms out.
 */
export function classifierGraph(
  g: GraphBuilder,
  apply: (inputs: Readonly<Record<string, Value>>) => Scores,
  labels: readonly string[],
): void {
  const ids = g.input("input_ids", "int64", ["batch", "tokens"]);
  const mask = g.input("attention_mask", "int64", ["batch", "tokens"]);
  const probabilities = meanProbabilities(g, apply({ x: g.mul(ids, mask) }));
  g.output("logits", logProbabilities(g, probabilities));
  g.output("probabilities", probabilities);
  g.output(
    "label",
    g.op(
      "LabelEncoder",
      [g.op("ArgMax", [probabilities], { axis: 1, keepdims: 0 })],
      { keys_int64s: labels.map((_, i) => i), values_strings: labels },
      { domain: "ai.onnx.ml" },
    ),
  );
}
