import { defineOp } from "../define-op.ts";

export const softsign = defineOp({
  name: "Softsign",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · (1 − |y|)²
  gradient: ({ g, outputs: [y], upstream: [dy] }) => [
    g.mul(dy!, g.mul(g.sub(1, g.op("Abs", [y])), g.sub(1, g.op("Abs", [y])))),
  ],
});
