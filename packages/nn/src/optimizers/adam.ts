import { type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Optimizer } from "@athanor/runtime";
import { adamW } from "./adam-w.ts";

const options = {
  beta1: real(0.9, "decay of the mean of gradients", { min: 0, max: 1 }),
  beta2: real(0.999, "decay of the mean of squared gradients", { min: 0, max: 1 }),
  epsilon: real(1e-8, "added to the denominator", { min: 0 }),
  weightDecay: real(0, "share of the weight added to its gradient", { min: 0 }),
};

/**
 * Steps by the mean of the gradients over the root of the mean of their squares.
 *
 * @see Kingma and Ba 2015, https://arxiv.org/abs/1412.6980
 */
export function adam(input: OptionInput<typeof options> = {}): Optimizer {
  const { weightDecay, ...rates } = resolveOptions("adam", options, input);
  const { slots, update } = adamW({ ...rates, weightDecay: 0 });
  return {
    name: "adam",
    slots,
    update(g, it) {
      const { gradient, parameter } = it;
      return update(g, weightDecay === 0 ? it : { ...it, gradient: g.add(gradient, g.mul(parameter, weightDecay)) });
    },
  };
}
