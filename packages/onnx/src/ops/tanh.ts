import { defineOp } from "../define-op.ts";

export const tanh = defineOp({
  name: "Tanh",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · (1 − y²)
  gradient: ({ g, outputs: [y], upstream: [dy] }) => [g.mul(dy!, g.sub(1, g.mul(y!, y!)))],
});
