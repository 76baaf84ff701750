import { defineOp } from "../define-op.ts";

export const dynamicQuantizeLinear = defineOp({
  name: "DynamicQuantizeLinear",
  attributes: {},
  inputs: [1, 1],
  isQuantized: true,
  infer: ({ inputs: [x] }) => [
    { dtype: "uint8", shape: x!.shape },
    { dtype: "float32", shape: [] },
    { dtype: "uint8", shape: [] },
  ],
  // y ≈ x / scale + zero point: what x does to the scale cancels where the product is scaled back.
  gradient: ({ g, outputs: [, scale], upstream: [dy] }) => [dy && g.div(dy, scale!)],
});
