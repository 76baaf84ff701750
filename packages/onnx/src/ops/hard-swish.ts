import { defineOp } from "../define-op.ts";

export const hardSwish = defineOp({
  name: "HardSwish",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · (x/3 + 1/2) between −3 and 3, dy above, 0 below
  gradient({ g, inputs: [x], upstream: [dy] }) {
    const slope = g.add(g.mul(x!, 1 / 3), 0.5);
    const rising = g.where(g.greater(x!, 3), dy!, g.mul(dy!, slope));
    return [g.where(g.less(x!, -3), g.constant(0, dy!.dtype as "float32"), rising)];
  },
});
