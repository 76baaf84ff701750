import { defineOp, float } from "../define-op.ts";

export const elu = defineOp({
  name: "Elu",
  attributes: { alpha: float(1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy where x > 0, else dy · (y + α)
  gradient: ({ g, inputs: [x], outputs: [y], upstream: [dy], attributes: { alpha } }) => [
    g.where(g.greater(x!, 0), dy!, g.mul(dy!, g.add(y!, alpha))),
  ],
});
