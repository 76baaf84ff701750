import { defineOp } from "../define-op.ts";

export const identity = defineOp({
  name: "Identity",
  attributes: {},
  inputs: [1, 1],
  algebra: { isView: true },
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy
  gradient: ({ upstream: [dy] }) => [dy],
});
