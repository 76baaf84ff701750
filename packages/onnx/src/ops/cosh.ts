import { defineOp } from "../define-op.ts";

export const cosh = defineOp({
  name: "Cosh",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · sinh(x)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.mul(dy!, g.op("Sinh", [x]))],
});
