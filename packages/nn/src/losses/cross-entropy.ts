import { integer, type OptionInput, real, reals, resolveOptions } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Loss } from "../loss.ts";

const options = {
  labelSmoothing: real(0, "share of the target spread evenly over all classes", { min: 0, max: 1 }),
  weights: reals([], "how much each class counts, all alike when empty", { min: 0 }),
  ignoreIndex: integer(null, "label of what does not count"),
};

/** Mean of −log softmax(scores)[label], weighted by the labels' classes: scores `[batch, classes, …]`, labels int64 `[batch, …]`. */
export function crossEntropy(input: OptionInput<typeof options> = {}): Loss {
  const { labelSmoothing, weights, ignoreIndex } = resolveOptions("crossEntropy", options, input);
  const ignored = ignoreIndex === null ? {} : { ignore_index: ignoreIndex };
  return {
    name: "crossEntropy",
    build(g, scores, labels) {
      const shares = weights.length > 0 ? g.constant(weights) : undefined;
      const hard = g.op("SoftmaxCrossEntropyLoss", [scores, labels, shares], ignored);
      if (labelSmoothing === 0) return hard;
      const even = evenPart(g, scores, { labels, weights, ignoreIndex });
      return g.add(g.mul(hard, 1 - labelSmoothing), g.mul(even, labelSmoothing));
    },
  };
}

interface EvenPart {
  readonly labels: Value;
  readonly weights: readonly number[];
  readonly ignoreIndex: number | null;
}

/** Mean over what counts of −Σ w log softmax(scores) / classes, as if each class were the label in equal parts. */
function evenPart(g: GraphBuilder, scores: Value, { labels, weights, ignoreIndex }: EvenPart): Value {
  const logs = g.op("LogSoftmax", [scores], { axis: 1 });
  if (weights.length === 0 && ignoreIndex === null) return g.neg(g.reduceMean(logs));
  const classes = Number(scores.shape[1]);
  const each = weights.length > 0 ? weights : Array<number>(classes).fill(1);
  const shares = g.reshape(g.constant(each), [1, classes, ...scores.shape.slice(2).map(() => 1)]);
  const sums = g.reduceSum(g.mul(logs, g.mul(shares, -1 / classes)), [1]);
  const own = g.gather(g.constant(each), ignoreIndex === null ? labels : g.max(labels, 0));
  if (ignoreIndex === null) return g.div(g.reduceSum(sums), g.reduceSum(own));
  const isIn = g.cast(g.op("Not", [g.equal(labels, ignoreIndex)]), "float32");
  return g.div(g.reduceSum(g.mul(sums, isIn)), g.reduceSum(g.mul(own, isIn)));
}
