import { convShape } from "../conv-shape.ts";
import { defineOp, int, optional, string } from "../define-op.ts";

export const qLinearConv = defineOp({
  name: "QLinearConv",
  attributes: {
    auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
    dilations: optional.ints,
    group: int(1),
    kernel_shape: optional.ints,
    pads: optional.ints,
    strides: optional.ints,
  },
  inputs: [8, 9],
  infer: ({ inputs: [x, , , w, , , , zeroPoint], attributes }) => [
    { dtype: zeroPoint!.dtype, shape: convShape("QLinearConv", x!, w!, attributes) },
  ],
});
