import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, restoreAxes } from "../reduce.ts";

export const reduceMax = defineOp({
  name: "ReduceMax",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // The winners share the gradient evenly.
  gradient(context) {
    const {
      g,
      inputs: [x],
      outputs: [y],
      upstream: [dy],
      constant,
    } = context;
    const winners = g.cast(g.equal(x!, restoreAxes(context, y!)), dy!.dtype);
    const axes = constant(1);
    const count = g.op("ReduceSum", [winners, axes && g.constant(axes)], { keepdims: 1 });
    return [g.mul(winners, g.div(restoreAxes(context, dy!), count))];
  },
});
