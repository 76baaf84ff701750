import { flag, type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Optimizer } from "@athanor/runtime";

const options = {
  momentum: real(0, "how much of the last move is kept", { min: 0, max: 1 }),
  nesterov: flag(false, "look ahead along the momentum"),
  weightDecay: real(0, "share of the weight added to its gradient", { min: 0 }),
};

/** Stochastic gradient descent, with momentum when asked. */
export function sgd(input: OptionInput<typeof options> = {}): Optimizer {
  const { momentum, nesterov, weightDecay } = resolveOptions("sgd", options, input);
  return {
    name: "sgd",
    slots: ({ shape }) => (momentum === 0 ? {} : { velocity: { shape } }),
    update(g, { parameter, gradient, slots: { velocity: held }, learningRate }) {
      const slope = weightDecay === 0 ? gradient : g.add(gradient, g.mul(parameter, weightDecay));
      if (held === undefined) return { parameter: g.sub(parameter, g.mul(slope, learningRate)), slots: {} };
      // v' = μ v + g, p' = p − η v'
      const velocity = g.add(g.mul(held, momentum), slope);
      const move = nesterov ? g.add(g.mul(velocity, momentum), slope) : velocity;
      return { parameter: g.sub(parameter, g.mul(move, learningRate)), slots: { velocity } };
    },
  };
}
