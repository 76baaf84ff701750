import { defineOp, int } from "../define-op.ts";
import { powerNormGradient } from "../rules/power-norm-gradient.ts";

export const globalLpPool = defineOp({
  name: "GlobalLpPool",
  attributes: { p: int(2) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: x!.dtype, shape: x!.shape?.map((length, axis) => (axis < 2 ? length : 1)) }],
  gradient: ({ g, inputs: [x], outputs: [y], upstream: [dy], attributes: { p } }) => [
    powerNormGradient(g, { x: x!, y: y!, dy: dy!, p }),
  ],
});
