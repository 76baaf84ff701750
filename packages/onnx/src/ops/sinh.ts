import { defineOp } from "../define-op.ts";

export const sinh = defineOp({
  name: "Sinh",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · cosh(x)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.mul(dy!, g.op("Cosh", [x]))],
});
