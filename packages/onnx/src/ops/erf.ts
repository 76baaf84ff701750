import { defineOp } from "../define-op.ts";

export const erf = defineOp({
  name: "Erf",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · 2/√π · exp(−x²)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [
    g.mul(dy!, g.mul(g.exp(g.neg(g.mul(x!, x!))), 2 / Math.sqrt(Math.PI))),
  ],
});
