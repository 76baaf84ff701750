import { defineOp, optional } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import { flat } from "../rules/flat.ts";

/** Draws zeros and ones; the runtime expands it as the standard does by mistake, and draws a one with one minus the given probability. */
export const bernoulli = defineOp({
  name: "Bernoulli",
  attributes: { dtype: optional.int, seed: optional.float },
  inputs: [1, 1],
  algebra: { isPure: false },
  infer: ({ inputs: [x], attributes: { dtype } }) => [
    { dtype: dtype === undefined ? x!.dtype : elementType(dtype), shape: x!.shape },
  ],
  // A draw is a step function of its probability.
  gradient: flat,
});
