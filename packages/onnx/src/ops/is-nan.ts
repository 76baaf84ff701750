import { defineOp } from "../define-op.ts";

export const isNan = defineOp({
  name: "IsNaN",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: "bool", shape: x!.shape }],
});
