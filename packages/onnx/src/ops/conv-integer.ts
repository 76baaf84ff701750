import { convShape } from "../conv-shape.ts";
import { defineOp, int, optional, string } from "../define-op.ts";

export const convInteger = defineOp({
  name: "ConvInteger",
  attributes: {
    auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
    dilations: optional.ints,
    group: int(1),
    kernel_shape: optional.ints,
    pads: optional.ints,
    strides: optional.ints,
  },
  inputs: [2, 4],
  infer: ({ inputs: [x, w], attributes }) => [{ dtype: "int32", shape: convShape("ConvInteger", x!, w!, attributes) }],
});
