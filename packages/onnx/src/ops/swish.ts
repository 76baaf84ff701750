import { defineOp, float } from "../define-op.ts";
import { gatedSlope } from "../rules/gated-slope.ts";

export const swish = defineOp({
  name: "Swish",
  since: 24,
  attributes: { alpha: float(1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { alpha } }) => [g.mul(dy!, gatedSlope(g, x!, alpha))],
});
