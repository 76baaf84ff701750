import { defineOp } from "../define-op.ts";

export const reciprocal = defineOp({
  name: "Reciprocal",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = −dy · y²
  gradient: ({ g, outputs: [y], upstream: [dy] }) => [g.neg(g.mul(dy!, g.mul(y!, y!)))],
});
