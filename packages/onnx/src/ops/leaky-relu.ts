import { defineOp, float } from "../define-op.ts";

export const leakyRelu = defineOp({
  name: "LeakyRelu",
  attributes: { alpha: float(0.01) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy where x > 0, else α dy
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { alpha } }) => [
    g.where(g.greater(x!, 0), dy!, g.mul(dy!, alpha)),
  ],
});
