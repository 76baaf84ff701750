import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, restoreAxes, shared } from "../rules/reduce.ts";
import { spread } from "../rules/spread.ts";

export const reduceMean = defineOp({
  name: "ReduceMean",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // dx = dy / n, repeated
  gradient: (context) => [
    spread(context.g, shared(context, restoreAxes(context, context.upstream[0]!)), context.inputs[0]!),
  ],
});
