import { defineOp, float } from "../define-op.ts";

export const selu = defineOp({
  name: "Selu",
  attributes: { alpha: float(1.6732631921768188), gamma: float(1.0507010221481323) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · γ where x > 0, else dy · (y + γα)
  gradient: ({ g, inputs: [x], outputs: [y], upstream: [dy], attributes: { alpha, gamma } }) => [
    g.mul(dy!, g.where(g.greater(x!, 0), g.constant(gamma, dy!.dtype as "float32"), g.add(y!, gamma * alpha))),
  ],
});
