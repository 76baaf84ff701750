import { type OptionInput, real, reals, resolveOptions } from "@athanor/core";
import type { Loss } from "../loss.ts";

const options = {
  gamma: real(2, "how much less what is easy counts", { min: 0 }),
  weights: reals([], "how much each class counts, all alike when empty", { min: 0 }),
};

/**
 * Mean of −w (1 − p)^γ log p, where p is the label's probability: scores `[batch, classes]`, labels int64 `[batch]`.
 *
 * @see Lin et al. 2017, https://arxiv.org/abs/1708.02002
 */
export function focal(input: OptionInput<typeof options> = {}): Loss {
  const { gamma, weights } = resolveOptions("focal", options, input);
  return {
    name: "focal",
    build(g, scores, labels) {
      const surprise = g.op("SoftmaxCrossEntropyLoss", [scores, labels], { reduction: "none" });
      const eased = gamma === 0 ? surprise : g.mul(g.pow(g.sub(1, g.exp(g.neg(surprise))), gamma), surprise);
      return g.reduceMean(weights.length === 0 ? eased : g.mul(eased, g.gather(g.constant(weights), labels)));
    },
  };
}
