import { defineOp } from "../define-op.ts";

export const sin = defineOp({
  name: "Sin",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · cos(x)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.mul(dy!, g.op("Cos", [x]))],
});
