import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, restoreAxes } from "../rules/reduce.ts";

export const reduceSumSquare = defineOp({
  name: "ReduceSumSquare",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // dx = dy · 2x
  gradient(context) {
    const { g, inputs, upstream } = context;
    return [g.mul(restoreAxes(context, g.mul(upstream[0]!, 2)), inputs[0]!)];
  },
});
