import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { col2Im } from "./col2im.ts";

/** Adds columns of square blocks to where they were cut out. */
const assembled =
  (
    channels: number,
    [height, width]: readonly [number, number],
    block: number,
    stride: number,
    pad: number,
    dilation: number,
  ) =>
  ([x]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const [batch, columns, count] = x!.shape as [number, number, number];
    const reach = dilation * (block - 1) + 1;
    const across = Math.floor((width + 2 * pad - reach) / stride) + 1;
    const y = new Float64Array(batch * channels * height * width);
    for (let n = 0; n < batch; n++)
      for (let column = 0; column < columns; column++)
        for (let at = 0; at < count; at++) {
          const [channel, tap] = [Math.floor(column / block ** 2), column % block ** 2];
          const row = Math.floor(at / across) * stride + Math.floor(tap / block) * dilation - pad;
          const place = (at % across) * stride + (tap % block) * dilation - pad;
          if (row < 0 || row >= height || place < 0 || place >= width) continue;
          y[((n * channels + channel) * height + row) * width + place]! +=
            x!.data[(n * columns + column) * count + at]!;
        }
    return float64(y, [batch, channels, height, width]);
  };
const ints = (...values: number[]) => ({ shape: [values.length], dtype: "int64" as const, values, isConstant: true });

checkOp(col2Im, [
  {
    title: "blocks that overlap",
    inputs: [{ shape: [2, 8, 9] }, ints(4, 4), ints(2, 2)],
    reference: assembled(2, [4, 4], 2, 1, 0, 1),
  },
  {
    title: "strides and padding",
    inputs: [{ shape: [1, 9, 6] }, ints(4, 5), ints(3, 3)],
    attributes: { strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: assembled(1, [4, 5], 3, 2, 1, 1),
  },
  {
    title: "dilation",
    inputs: [{ shape: [1, 4, 6] }, ints(4, 5), ints(2, 2)],
    attributes: { dilations: [2, 2] },
    reference: assembled(1, [4, 5], 2, 1, 0, 2),
  },
]);
