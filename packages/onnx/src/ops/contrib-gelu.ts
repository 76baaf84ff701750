import { defineOp } from "../define-op.ts";
import { geluSlope } from "../rules/gelu-slope.ts";

/** The runtime's own Gelu, from before the standard had one. */
export const contribGelu = defineOp({
  name: "Gelu",
  domain: "com.microsoft",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.mul(dy!, geluSlope(g, x!))],
});
