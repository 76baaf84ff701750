import { type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Loss } from "../loss.ts";

const options = { labelSmoothing: real(0, "share of the target spread evenly over all classes", { min: 0, max: 1 }) };

/** Mean of −log softmax(scores)[label]: scores `[batch, classes]`, labels int64 `[batch]`. */
export function crossEntropy(input: OptionInput<typeof options> = {}): Loss {
  const { labelSmoothing } = resolveOptions("crossEntropy", options, input);
  return {
    name: "crossEntropy",
    build(g, scores, labels) {
      const hard = g.op("SoftmaxCrossEntropyLoss", [scores, labels]);
      if (labelSmoothing === 0) return hard;
      const even = g.neg(g.reduceMean(g.op("LogSoftmax", [scores])));
      return g.add(g.mul(hard, 1 - labelSmoothing), g.mul(even, labelSmoothing));
    },
  };
}
