import { integersOf } from "../constant-tensor.ts";
import { defineOp, optional } from "../define-op.ts";
import type { Dim } from "../model.ts";
import { staticShape } from "../shapes.ts";
import { im2col } from "../windows/im2col.ts";
import { windowLengths, windowOf } from "../windows/window.ts";

export const col2Im = defineOp({
  name: "Col2Im",
  attributes: { dilations: optional.ints, pads: optional.ints, strides: optional.ints },
  inputs: [3, 3],
  infer({ inputs: [x], constant }) {
    const [image, block] = [constant(1), constant(2)];
    if (x!.shape === undefined || image === undefined || block === undefined)
      return [{ dtype: x!.dtype, shape: undefined }];
    const taps = integersOf(block).reduce((product, size) => product * size, 1);
    const [batch, columns] = x!.shape as [Dim, Dim];
    const channels = typeof columns === "number" ? columns / taps : `${columns}_channels`;
    return [{ dtype: x!.dtype, shape: [batch, channels, ...integersOf(image)] }];
  },
  // Each column gets back what its window sees of dy.
  gradient({ g, inputs: [x], upstream: [dy], attributes, constant }) {
    staticShape("Col2Im", dy!);
    const window = windowOf("Col2Im", dy!, integersOf(constant(2)!), { ...attributes, auto_pad: "NOTSET" });
    const positions = windowLengths(dy!, window) as readonly number[];
    return [g.reshape(im2col(g, dy!, window, positions), x!.shape)];
  },
});
