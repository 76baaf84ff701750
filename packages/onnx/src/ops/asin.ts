import { defineOp } from "../define-op.ts";

export const asin = defineOp({
  name: "Asin",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy / √(1 − x²)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.div(dy!, g.sqrt(g.sub(1, g.mul(x!, x!))))],
});
