import { type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Optimizer } from "@athanor/runtime";

const options = {
  beta1: real(0.9, "decay of the mean of gradients", { min: 0, max: 1 }),
  beta2: real(0.999, "decay of the mean of squared gradients", { min: 0, max: 1 }),
  epsilon: real(1e-8, "added to the denominator", { min: 0 }),
  weightDecay: real(0.01, "share of a weight taken off per unit of learning rate", { min: 0 }),
};

/**
 * Adam with weight decay apart from the gradient.
 *
 * @see Loshchilov and Hutter 2019, "Decoupled weight decay regularization", https://arxiv.org/abs/1711.05101
 */
export function adamW(input: OptionInput<typeof options> = {}): Optimizer {
  const { beta1, beta2, epsilon, weightDecay } = resolveOptions("adamW", options, input);
  return {
    name: "adamW",
    slots: ({ shape }) => ({ mean: { shape }, square: { shape } }),
    update(g, { parameter, gradient, slots: { mean: m, square: v }, learningRate, step }) {
      // m' = m + (1 − β₁)(g − m), v' = v + (1 − β₂)(g² − v)
      const mean = g.add(m!, g.mul(g.sub(gradient, m!), 1 - beta1));
      const square = g.add(v!, g.mul(g.sub(g.mul(gradient, gradient), v!), 1 - beta2));
      // Scalars first, so that the tensors are passed over as few times as possible:
      // p' = p (1 − η λ) − η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m' / (√v' + ε √(1 − β₂ᵗ))
      const root = g.sqrt(g.sub(1, g.op("Pow", [g.constant(beta2), step])));
      const rate = g.div(g.mul(learningRate, root), g.sub(1, g.op("Pow", [g.constant(beta1), step])));
      const move = g.div(mean, g.add(g.sqrt(square), g.mul(root, epsilon)));
      const decayed = weightDecay === 0 ? parameter : g.mul(parameter, g.sub(1, g.mul(learningRate, weightDecay)));
      return { parameter: g.sub(decayed, g.mul(move, rate)), slots: { mean, square } };
    },
  };
}
