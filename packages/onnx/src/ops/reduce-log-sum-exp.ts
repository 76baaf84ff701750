import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, restoreAxes } from "../rules/reduce.ts";

export const reduceLogSumExp = defineOp({
  name: "ReduceLogSumExp",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // dx = dy · exp(x − y)
  gradient(context) {
    const { g, inputs, outputs, upstream } = context;
    return [g.mul(restoreAxes(context, upstream[0]!), g.exp(g.sub(inputs[0]!, restoreAxes(context, outputs[0]!))))];
  },
});
