import { defineOp } from "../define-op.ts";

export const globalMaxPool = defineOp({
  name: "GlobalMaxPool",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: x!.dtype, shape: x!.shape?.map((length, axis) => (axis < 2 ? length : 1)) }],
  // dx = dy at the maximum; equal maxima share it evenly
  gradient({ g, inputs: [x], outputs: [y], upstream: [dy] }) {
    const axes = x!.shape.map((_, axis) => axis).slice(2);
    const winners = g.cast(g.equal(x!, y!), dy!.dtype);
    return [g.mul(winners, g.div(dy!, g.reduceSum(winners, axes, true)))];
  },
});
