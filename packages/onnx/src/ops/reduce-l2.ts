import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, restoreAxes } from "../reduce.ts";

export const reduceL2 = defineOp({
  name: "ReduceL2",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // dx = dy · x / y
  gradient(context) {
    const { g, inputs, outputs, upstream } = context;
    return [g.mul(inputs[0]!, restoreAxes(context, g.div(upstream[0]!, outputs[0]!)))];
  },
});
