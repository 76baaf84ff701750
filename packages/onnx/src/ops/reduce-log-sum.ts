import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, restoreAxes } from "../rules/reduce.ts";
import { spread } from "../rules/spread.ts";

export const reduceLogSum = defineOp({
  name: "ReduceLogSum",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // dx = dy / Σx, repeated
  gradient(context) {
    const { g, inputs, outputs, upstream } = context;
    return [spread(g, restoreAxes(context, g.div(upstream[0]!, g.exp(outputs[0]!))), inputs[0]!)];
  },
});
