import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { maxPool } from "./max-pool.ts";

const pooled =
  (size: number, stride: number, pad: number, combine: (seen: readonly number[]) => number) =>
  ([x]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const [batch, channels, height, width] = x!.shape as [number, number, number, number];
    const length = (input: number) => Math.floor((input + 2 * pad - size) / stride) + 1;
    const y: number[] = [];
    for (let plane = 0; plane < batch * channels; plane++)
      for (let i = 0; i < length(height); i++)
        for (let j = 0; j < length(width); j++) {
          const seen: number[] = [];
          for (let tap = 0; tap < size * size; tap++) {
            const row = i * stride - pad + Math.floor(tap / size);
            const column = j * stride - pad + (tap % size);
            if (row >= 0 && row < height && column >= 0 && column < width)
              seen.push(x!.data[(plane * height + row) * width + column]!);
          }
          y.push(combine(seen));
        }
    return float64(y, [batch, channels, length(height), length(width)]);
  };

checkOp(maxPool, [
  {
    title: "windows that tile",
    inputs: [{ shape: [2, 2, 4, 4] }],
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    reference: pooled(2, 2, 0, (seen) => Math.max(...seen)),
  },
  {
    title: "windows that overlap",
    inputs: [{ shape: [1, 2, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: pooled(3, 2, 1, (seen) => Math.max(...seen)),
  },
]);
