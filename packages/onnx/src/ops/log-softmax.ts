import { defineOp, int } from "../define-op.ts";

export const logSoftmax = defineOp({
  name: "LogSoftmax",
  attributes: { axis: int(-1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy − exp(y) Σ dy
  gradient: ({ g, outputs: [y], upstream: [dy], attributes: { axis } }) => [
    g.sub(dy!, g.mul(g.exp(y!), g.reduceSum(dy!, [axis], true))),
  ],
});
