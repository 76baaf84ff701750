import { defineOp } from "../define-op.ts";
import { powerNormGradient } from "../rules/power-norm-gradient.ts";
import { inferReduce, reduceAttributes, restoreAxes } from "../rules/reduce.ts";

export const reduceL2 = defineOp({
  name: "ReduceL2",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // dx = dy · x / y, zero where y is
  gradient(context) {
    const {
      g,
      inputs: [x],
      outputs: [y],
      upstream: [dy],
    } = context;
    return [powerNormGradient(g, { x: x!, y: restoreAxes(context, y!), dy: restoreAxes(context, dy!), p: 2 })];
  },
});
