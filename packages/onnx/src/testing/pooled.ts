import { float64, type Tensor } from "@athanor/core";

/** Pooling by its definition over square windows: `combine` gets the values that a window sees. */
export const pooled =
  (size: number, stride: number, pad: number, combine: (seen: readonly number[]) => number, whole = Math.floor) =>
  ([x]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const [batch, channels, height, width] = x!.shape as [number, number, number, number];
    const length = (input: number) => whole((input + 2 * pad - size) / stride) + 1;
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
