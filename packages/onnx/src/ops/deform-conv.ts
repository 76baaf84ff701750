import { defineOp, int, optional } from "../define-op.ts";
import { convShape } from "../windows/conv-shape.ts";

export const deformConv = defineOp({
  name: "DeformConv",
  attributes: {
    dilations: optional.ints,
    group: int(1),
    kernel_shape: optional.ints,
    offset_group: int(1),
    pads: optional.ints,
    strides: optional.ints,
  },
  inputs: [3, 5],
  infer: ({ inputs: [x, w], attributes }) => [
    { dtype: x!.dtype, shape: convShape("DeformConv", x!, w!, { ...attributes, auto_pad: "NOTSET" }) },
  ],
});
