import { defineOp } from "../define-op.ts";
import { flat } from "../rules/flat.ts";

export const sign = defineOp({
  name: "Sign",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  gradient: flat,
});
