import { float64, type Tensor } from "@athanor/core";

/** Normalization by its definition: runs of `length` elements are centred and scaled, then each gets a channel's scale and bias. */
export const normalized =
  (length: number, channelOf: (element: number) => number, epsilon = 1e-5) =>
  ([x, scale, bias]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const y = Float64Array.from(x!.data);
    for (let start = 0; start < y.length; start += length) {
      const run = x!.data.slice(start, start + length);
      const mean = run.reduce((sum, value) => sum + value, 0) / length;
      const variance = run.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
      for (const [i, value] of run.entries()) {
        const channel = channelOf(start + i);
        y[start + i] =
          ((value - mean) / Math.sqrt(variance + epsilon)) * (scale?.data[channel] ?? 1) + (bias?.data[channel] ?? 0);
      }
    }
    return float64(y, x!.shape);
  };
