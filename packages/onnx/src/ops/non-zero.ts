import { defineOp } from "../define-op.ts";

export const nonZero = defineOp({
  name: "NonZero",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: "int64", shape: x!.shape && [x!.shape.length, "nonzero"] }],
});
