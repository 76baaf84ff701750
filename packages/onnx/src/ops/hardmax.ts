import { defineOp, int } from "../define-op.ts";

export const hardmax = defineOp({
  name: "Hardmax",
  attributes: { axis: int(-1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
});
