import { defineOp } from "../define-op.ts";

export const bitwiseNot = defineOp({
  name: "BitwiseNot",
  attributes: {},
  inputs: [1, 1],
  algebra: { isInvolution: true },
  infer: ({ inputs: [x] }) => [x!],
});
