import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { convTranspose } from "./conv-transpose.ts";

/** Transposed convolution by its definition: each input adds its weighted kernel to the output. */
const spreadOut =
  (stride: number, pad: number, extra: number, group = 1) =>
  ([x, w]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const [batch, channels, height, width] = x!.shape as [number, number, number, number];
    const [, depth, size] = w!.shape as [number, number, number];
    const length = (input: number) => stride * (input - 1) + size + extra - 2 * pad;
    const [rows, columns] = [length(height), length(width)];
    const y = new Float64Array(batch * depth * group * rows * columns);
    for (let n = 0; n < batch; n++)
      for (let c = 0; c < channels; c++)
        for (let m = 0; m < depth; m++)
          for (let at = 0; at < height * width; at++)
            for (let tap = 0; tap < size * size; tap++) {
              const row = Math.floor(at / width) * stride + Math.floor(tap / size) - pad;
              const column = (at % width) * stride + (tap % size) - pad;
              if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
              const map = Math.floor(c / (channels / group)) * depth + m;
              y[((n * depth * group + map) * rows + row) * columns + column]! +=
                x!.data[(n * channels + c) * height * width + at]! * w!.data[(c * depth + m) * size * size + tap]!;
            }
    return float64(y, [batch, depth * group, rows, columns]);
  };

checkOp(convTranspose, [
  { title: "plain", inputs: [{ shape: [1, 2, 3, 3] }, { shape: [2, 3, 2, 2] }], reference: spreadOut(1, 0, 0) },
  {
    title: "stride, padding and a rest",
    inputs: [{ shape: [1, 2, 3, 3] }, { shape: [2, 1, 3, 3] }],
    attributes: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] },
    reference: spreadOut(2, 1, 1),
  },
  {
    title: "groups",
    inputs: [{ shape: [1, 4, 2, 2] }, { shape: [4, 1, 2, 2] }],
    attributes: { group: 2 },
    reference: spreadOut(1, 0, 0, 2),
  },
  {
    title: "a length of its own",
    inputs: [{ shape: [1, 1, 3, 3] }, { shape: [1, 2, 4, 4] }],
    attributes: { strides: [2, 2], output_shape: [6, 6] },
    reference: spreadOut(2, 1, 0),
  },
  {
    title: "lengths by rule",
    inputs: [{ shape: [1, 1, 3, 3] }, { shape: [1, 2, 4, 4] }],
    attributes: { strides: [2, 2], auto_pad: "SAME_UPPER" },
    reference: spreadOut(2, 1, 0),
  },
]);
