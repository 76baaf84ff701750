import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, restoreAxes } from "../rules/reduce.ts";

export const reduceProd = defineOp({
  name: "ReduceProd",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  // dx = dy · (product of the others): a quotient where no factor is zero, the rest's product at the only zero
  gradient(context) {
    const {
      g,
      inputs: [x],
      upstream: [dy],
      constant,
    } = context;
    const axes = constant(1);
    const over = axes && g.constant(axes);
    const keep = { ...context.attributes, keepdims: 1 };
    const zero = g.constant(0, dy!.dtype as "float32");
    const isZero = g.equal(x!, 0);
    const filled = g.where(isZero, g.constant(1, dy!.dtype as "float32"), x!);
    const zeros = g.op("ReduceSum", [g.cast(isZero, dy!.dtype), over], keep);
    const product = g.mul(restoreAxes(context, dy!), g.op("ReduceProd", [filled, over], keep));
    const atZero = g.where(g.equal(zeros, 1), product, zero);
    const elsewhere = g.div(g.where(g.equal(zeros, 0), product, zero), filled);
    return [g.where(isZero, atZero, elsewhere)];
  },
});
