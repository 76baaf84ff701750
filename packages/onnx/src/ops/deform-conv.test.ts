import { checkOp } from "../testing/check-op.ts";
import { deformConv } from "./deform-conv.ts";

checkOp(deformConv, [
  {
    title: "a kernel moved by offsets",
    inputs: [{ shape: [2, 2, 4, 3] }, { shape: [3, 2, 2, 2] }, { shape: [2, 8, 3, 2] }],
  },
  {
    title: "bias, mask, strides, pads and dilations",
    inputs: [
      { shape: [1, 2, 5, 4] },
      { shape: [2, 2, 2, 2] },
      { shape: [1, 8, 3, 2] },
      { shape: [2] },
      { shape: [1, 4, 3, 2] },
    ],
    attributes: { strides: [2, 2], pads: [1, 1, 1, 0], dilations: [1, 2], kernel_shape: [2, 2] },
  },
  {
    title: "groups of channels and of offsets",
    inputs: [
      { shape: [1, 4, 3, 3] },
      { shape: [4, 2, 1, 2] },
      { shape: [1, 16, 3, 2] },
      undefined,
      { shape: [1, 8, 3, 2] },
    ],
    attributes: { group: 2, offset_group: 4 },
  },
]);
