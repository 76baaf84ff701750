import { defineOp, ints } from "../define-op.ts";
import { normalize } from "../rules/normalize.ts";

/** What the standard adds to the standard deviation. */
const epsilon = 1e-9;

export const meanVarianceNormalization = defineOp({
  name: "MeanVarianceNormalization",
  attributes: { axes: ints([0, 2, 3]) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // The square of ε beside the variance differs from ε beside the deviation by less than rounding.
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { axes } }) => [
    normalize(g, x!, axes, epsilon ** 2).back(dy!),
  ],
});
