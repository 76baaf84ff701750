import { defineOp, int } from "../define-op.ts";

export const logSoftmax = defineOp({
  name: "LogSoftmax",
  attributes: { axis: int(-1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // y = x − max − log Σ exp(x − max)
  onGpu({ g, inputs: [x], attributes: { axis } }) {
    const below = g.sub(x!, g.op("ReduceMax", [x, g.constant([axis], "int64")], { keepdims: 1 }));
    return [g.sub(below, g.log(g.reduceSum(g.exp(below), [axis], true)))];
  },
  // dx = dy − exp(y) Σ dy
  gradient: ({ g, outputs: [y], upstream: [dy], attributes: { axis } }) => [
    g.sub(dy!, g.mul(g.exp(y!), g.reduceSum(dy!, [axis], true))),
  ],
});
