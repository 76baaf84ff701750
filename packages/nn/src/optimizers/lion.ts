import { type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Optimizer } from "@athanor/runtime";

const options = {
  beta1: real(0.9, "weight of the momentum in a move", { min: 0, max: 1 }),
  beta2: real(0.99, "decay of the momentum", { min: 0, max: 1 }),
  weightDecay: real(0, "share of a weight taken off per unit of learning rate", { min: 0 }),
};

/**
 * Steps by the sign of the momentum; its learning rate is some ten times smaller than Adam's.
 *
 * @see Chen et al. 2023, "Symbolic discovery of optimization algorithms", https://arxiv.org/abs/2302.06675
 */
export function lion(input: OptionInput<typeof options> = {}): Optimizer {
  const { beta1, beta2, weightDecay } = resolveOptions("lion", options, input);
  return {
    name: "lion",
    slots: ({ shape }) => ({ momentum: { shape } }),
    update(g, { parameter, gradient, slots: { momentum: held }, learningRate }) {
      // p' = p (1 − η λ) − η sign(m + (1 − β₁)(g − m)), m' = m + (1 − β₂)(g − m)
      const news = g.sub(gradient, held!);
      const move = g.op("Sign", [g.add(held!, g.mul(news, 1 - beta1))]);
      const decayed = weightDecay === 0 ? parameter : g.mul(parameter, g.sub(1, g.mul(learningRate, weightDecay)));
      return {
        parameter: g.sub(decayed, g.mul(move, learningRate)),
        slots: { momentum: g.add(held!, g.mul(news, 1 - beta2)) },
      };
    },
  };
}
