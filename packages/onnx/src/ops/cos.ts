import { defineOp } from "../define-op.ts";

export const cos = defineOp({
  name: "Cos",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = −dy · sin(x)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.neg(g.mul(dy!, g.op("Sin", [x])))],
});
