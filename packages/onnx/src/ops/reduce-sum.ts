import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, reduceOnGpu, restoreAxes } from "../rules/reduce.ts";
import { spread } from "../rules/spread.ts";

export const reduceSum = defineOp({
  name: "ReduceSum",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  onGpu: (context) => reduceOnGpu("ReduceSum", context),
  // dx = dy, repeated
  gradient: (context) => [spread(context.g, restoreAxes(context, context.upstream[0]!), context.inputs[0]!)],
});
