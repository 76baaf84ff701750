import { defineOp, float } from "../define-op.ts";

export const shrink = defineOp({
  name: "Shrink",
  attributes: { bias: float(0), lambd: float(0.5) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy where |x| > λ, else 0
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { lambd } }) => [
    g.where(g.greater(g.op("Abs", [x]), lambd), dy!, g.constant(0, dy!.dtype as "float32")),
  ],
});
