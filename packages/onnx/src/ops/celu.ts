import { defineOp, float } from "../define-op.ts";

export const celu = defineOp({
  name: "Celu",
  attributes: { alpha: float(1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy where x > 0, else dy · exp(x / α)
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { alpha } }) => [
    g.mul(dy!, g.exp(g.mul(g.min(x!, 0), 1 / alpha))),
  ],
});
