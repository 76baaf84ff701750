import { defineOp } from "../define-op.ts";

export const softplus = defineOp({
  name: "Softplus",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · σ(x)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.mul(dy!, g.sigmoid(x!))],
});
