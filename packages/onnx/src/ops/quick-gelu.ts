import { defineOp, float } from "../define-op.ts";
import { gatedSlope } from "../rules/gated-slope.ts";

export const quickGelu = defineOp({
  name: "QuickGelu",
  domain: "com.microsoft",
  attributes: { alpha: float(1.702) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { alpha } }) => [g.mul(dy!, gatedSlope(g, x!, alpha))],
});
