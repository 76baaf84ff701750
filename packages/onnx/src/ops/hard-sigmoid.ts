import { defineOp, float } from "../define-op.ts";

export const hardSigmoid = defineOp({
  name: "HardSigmoid",
  attributes: { alpha: float(0.2), beta: float(0.5) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = α dy where 0 < y < 1, else 0
  gradient: ({ g, outputs: [y], upstream: [dy], attributes: { alpha } }) => [
    g.where(g.op("And", [g.greater(y!, 0), g.less(y!, 1)]), g.mul(dy!, alpha), g.mul(dy!, 0)),
  ],
});
