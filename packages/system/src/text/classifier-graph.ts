import type { GraphBuilder, Value } from "@athanor/onnx";
import { logProbabilities } from "../folder/log-probabilities.ts";

/** Scores of classes, `[batch, classes]`, by the network that gives them. */
export type Scores = Readonly<Record<string, Value>>;

/**
 * Mean of the probabilities that networks side by side give each class, multiplied by what the class gains: `[batch, classes]`.
 *
 * @see Menon et al. 2021, "Long-tail learning via logit adjustment", https://arxiv.org/abs/2007.07314
 */
export function meanProbabilities(g: GraphBuilder, scores: Scores, gains: readonly number[]): Value {
  const each = Object.values(scores).map((one) => g.softmax(one));
  const sum = each.reduce((all, one) => g.add(all, one));
  if (gains.every((gain) => gain === gains[0])) return g.mul(sum, 1 / each.length);
  const weighed = g.mul(sum, g.constant(gains));
  return g.div(weighed, g.reduceSum(weighed, [1], true));
}

/**
 * The file of a classifier of texts: `input_ids` and `attention_mask` in, as Hugging Face's libraries call them, and the label, its
 * probabilities and their logarithms out.
 */
export function classifierGraph(
  g: GraphBuilder,
  apply: (inputs: Readonly<Record<string, Value>>) => Value,
  labels: readonly string[],
): void {
  const ids = g.input("input_ids", "int64", ["batch", "tokens"]);
  const mask = g.input("attention_mask", "int64", ["batch", "tokens"]);
  const probabilities = apply({ x: g.mul(ids, mask) });
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
