import { defineOp } from "../define-op.ts";

export const pRelu = defineOp({
  name: "PRelu",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy where x > 0, else dy · slope; dslope = dy · x where x < 0
  gradient({ g, inputs: [x, slope], upstream: [dy], wants }) {
    const isBelow = g.less(x!, 0);
    return [
      wants(0) ? g.where(isBelow, g.mul(dy!, slope!), dy!) : undefined,
      wants(1) ? g.where(isBelow, g.mul(dy!, x!), g.constant(0, dy!.dtype as "float32")) : undefined,
    ];
  },
});
