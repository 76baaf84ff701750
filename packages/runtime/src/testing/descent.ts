import type { Optimizer } from "../optimizer.ts";

/** Plain gradient descent, for tests: no state but the parameters. */
export const descent: Optimizer = {
  name: "descent",
  slots: () => ({}),
  update: (g, { parameter, gradient, learningRate }) => ({
    parameter: g.sub(parameter, g.mul(gradient, learningRate)),
    slots: {},
  }),
};
