import { defineOp } from "../define-op.ts";

export const tan = defineOp({
  name: "Tan",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · (1 + y²)
  gradient: ({ g, outputs: [y], upstream: [dy] }) => [g.mul(dy!, g.add(g.mul(y!, y!), 1))],
});
