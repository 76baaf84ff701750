import { defineOp, int } from "../define-op.ts";

export const softmax = defineOp({
  name: "Softmax",
  attributes: { axis: int(-1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = y ⊙ (dy − Σ(dy ⊙ y))
  gradient: ({ g, outputs: [y], upstream: [dy], attributes: { axis } }) => [
    g.mul(y!, g.sub(dy!, g.reduceSum(g.mul(dy!, y!), [axis], true))),
  ],
});
