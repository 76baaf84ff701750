import { defineOp } from "../define-op.ts";

export const dynamicQuantizeLinear = defineOp({
  name: "DynamicQuantizeLinear",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [
    { dtype: "uint8", shape: x!.shape },
    { dtype: "float32", shape: [] },
    { dtype: "uint8", shape: [] },
  ],
});
