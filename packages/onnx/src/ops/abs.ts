import { defineOp } from "../define-op.ts";

export const abs = defineOp({
  name: "Abs",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · sign(x)
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.mul(dy!, g.op("Sign", [x]))],
});
