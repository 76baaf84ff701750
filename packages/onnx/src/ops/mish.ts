import { defineOp } from "../define-op.ts";

export const mish = defineOp({
  name: "Mish",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // y = x t with t = tanh(softplus(x)); dx = dy · (t + x σ(x) (1 − t²))
  gradient({ g, inputs: [x], upstream: [dy] }) {
    const t = g.tanh(g.op("Softplus", [x]));
    return [g.mul(dy!, g.add(t, g.mul(g.mul(x!, g.sigmoid(x!)), g.sub(1, g.mul(t, t)))))];
  },
});
