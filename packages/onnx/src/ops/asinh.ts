import { defineOp } from "../define-op.ts";

export const asinh = defineOp({
  name: "Asinh",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy / √(x² + 1)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.div(dy!, g.sqrt(g.add(g.mul(x!, x!), 1)))],
});
