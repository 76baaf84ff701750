import { defineOp } from "../define-op.ts";

export const not = defineOp({
  name: "Not",
  attributes: {},
  inputs: [1, 1],
  algebra: { isInvolution: true },
  infer: ({ inputs: [x] }) => [x!],
});
