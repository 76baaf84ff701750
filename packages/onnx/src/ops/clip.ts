import { defineOp } from "../define-op.ts";

export const clip = defineOp({
  name: "Clip",
  attributes: {},
  inputs: [1, 3],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy where the bounds do not bind
  gradient({ g, inputs: [x, low, high], upstream: [dy] }) {
    const zero = g.constant(0, dy!.dtype as "float32");
    const above = low ? g.where(g.less(x!, low), zero, dy!) : dy!;
    return [high ? g.where(g.greater(x!, high), zero, above) : above];
  },
});
