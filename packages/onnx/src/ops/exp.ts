import { defineOp } from "../define-op.ts";

export const exp = defineOp({
  name: "Exp",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy · y
  gradient: ({ g, outputs: [y], upstream: [dy] }) => [g.mul(dy!, y!)],
});
