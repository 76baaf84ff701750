import { defineOp } from "../define-op.ts";

export const atan = defineOp({
  name: "Atan",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy / (1 + x²)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.div(dy!, g.add(g.mul(x!, x!), 1))],
});
