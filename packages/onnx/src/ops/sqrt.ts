import { defineOp } from "../define-op.ts";

export const sqrt = defineOp({
  name: "Sqrt",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy / 2y
  gradient: ({ g, outputs: [y], upstream: [dy] }) => [g.div(dy!, g.mul(y!, 2))],
});
