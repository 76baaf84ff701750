import { defineOp } from "../define-op.ts";

export const neg = defineOp({
  name: "Neg",
  attributes: {},
  inputs: [1, 1],
  algebra: { isInvolution: true },
  infer: ({ inputs: [x] }) => [x!],
  // dx = −dy
  gradient: ({ g, upstream: [dy] }) => [g.neg(dy!)],
});
