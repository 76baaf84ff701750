import { defineOp } from "../define-op.ts";

export const size = defineOp({
  name: "Size",
  attributes: {},
  inputs: [1, 1],
  infer: () => [{ dtype: "int64", shape: [] }],
});
