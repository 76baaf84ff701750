import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, reducedCount, reduceOnGpu, restoreAxes } from "../rules/reduce.ts";
import { spread } from "../rules/spread.ts";

export const reduceMean = defineOp({
  name: "ReduceMean",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  onGpu: (context) => reduceOnGpu("ReduceMean", context),
  // dx = dy / n, repeated
  gradient: (context) => [
    spread(
      context.g,
      context.g.mul(restoreAxes(context, context.upstream[0]!), 1 / reducedCount(context)),
      context.inputs[0]!,
    ),
  ],
});
