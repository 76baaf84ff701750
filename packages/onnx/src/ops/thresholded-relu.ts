import { defineOp, float } from "../define-op.ts";

export const thresholdedRelu = defineOp({
  name: "ThresholdedRelu",
  attributes: { alpha: float(1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy where x > α, else 0
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { alpha } }) => [
    g.where(g.greater(x!, alpha), dy!, g.constant(0, dy!.dtype as "float32")),
  ],
});
