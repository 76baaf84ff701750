import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { conv } from "./conv.ts";

/** Convolution by its definition: `[batch, channels, height, width]`. */
const convolve =
  ({
    strides = [1, 1],
    pads = [0, 0, 0, 0],
    dilations = [1, 1],
    group = 1,
  }: {
    strides?: number[];
    pads?: number[];
    dilations?: number[];
    group?: number;
  }) =>
  ([x, w, b]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const [batch, channels, height, width] = x!.shape as [number, number, number, number];
    const [maps, depth, tall, wide] = w!.shape as [number, number, number, number];
    const length = (size: number, kernel: number, axis: number) =>
      Math.floor((size + pads[axis]! + pads[axis + 2]! - (kernel - 1) * dilations[axis]! - 1) / strides[axis]!) + 1;
    const [rows, columns] = [length(height, tall, 0), length(width, wide, 1)];
    const y: number[] = [];
    for (let n = 0; n < batch; n++)
      for (let m = 0; m < maps; m++)
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            let sum = b ? b.data[m]! : 0;
            for (let c = 0; c < depth; c++)
              for (let u = 0; u < tall; u++)
                for (let v = 0; v < wide; v++) {
                  const row = i * strides[0]! + u * dilations[0]! - pads[0]!;
                  const column = j * strides[1]! + v * dilations[1]! - pads[1]!;
                  if (row < 0 || row >= height || column < 0 || column >= width) continue;
                  const channel = Math.floor(m / (maps / group)) * depth + c;
                  sum +=
                    x!.data[((n * channels + channel) * height + row) * width + column]! *
                    w!.data[((m * depth + c) * tall + u) * wide + v]!;
                }
            y.push(sum);
          }
    return float64(y, [batch, maps, rows, columns]);
  };

checkOp(conv, [
  {
    title: "a bias",
    inputs: [{ shape: [2, 2, 4, 4] }, { shape: [3, 2, 3, 3] }, { shape: [3] }],
    reference: convolve({}),
  },
  {
    title: "strides and padding",
    inputs: [{ shape: [1, 2, 5, 5] }, { shape: [2, 2, 3, 3] }],
    attributes: { strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: convolve({ strides: [2, 2], pads: [1, 1, 1, 1] }),
  },
  {
    title: "a stride that leaves a rest",
    inputs: [{ shape: [1, 1, 6, 6] }, { shape: [2, 1, 3, 3] }],
    attributes: { strides: [2, 2] },
    reference: convolve({ strides: [2, 2] }),
  },
  {
    title: "groups",
    inputs: [{ shape: [1, 4, 3, 3] }, { shape: [4, 2, 2, 2] }],
    attributes: { group: 2 },
    reference: convolve({ group: 2 }),
  },
  {
    title: "a group a channel, dilated",
    inputs: [{ shape: [1, 2, 5, 5] }, { shape: [2, 1, 2, 2] }],
    attributes: { group: 2, dilations: [2, 2] },
    reference: convolve({ group: 2, dilations: [2, 2] }),
  },
  {
    title: "more maps than positions",
    inputs: [{ shape: [2, 2, 3, 3] }, { shape: [5, 2, 2, 2] }],
    reference: convolve({}),
  },
  { title: "one by one", inputs: [{ shape: [2, 3, 2, 2] }, { shape: [2, 3, 1, 1] }], reference: convolve({}) },
]);
