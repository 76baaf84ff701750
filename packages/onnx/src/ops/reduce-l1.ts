import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, restoreAxes } from "../rules/reduce.ts";

export const reduceL1 = defineOp({
  name: "ReduceL1",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // dx = dy · sign(x)
  gradient(context) {
    const { g, inputs, upstream } = context;
    return [g.mul(restoreAxes(context, upstream[0]!), g.op("Sign", [inputs[0]]))];
  },
});
