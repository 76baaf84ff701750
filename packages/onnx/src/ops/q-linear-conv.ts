import { defineOp } from "../define-op.ts";
import { convAttributes, convShape } from "../windows/conv-shape.ts";

export const qLinearConv = defineOp({
  name: "QLinearConv",
  attributes: convAttributes,
  inputs: [8, 9],
  infer: ({ inputs: [x, , , w, , , , zeroPoint], attributes }) => [
    { dtype: zeroPoint!.dtype, shape: convShape("QLinearConv", x!, w!, attributes) },
  ],
});
