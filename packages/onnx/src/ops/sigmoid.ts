import { defineOp } from "../define-op.ts";

export const sigmoid = defineOp({
  name: "Sigmoid",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · y (1 − y)
  gradient: ({ g, outputs: [y], upstream: [dy] }) => [g.mul(dy!, g.mul(y!, g.sub(1, y!)))],
});
