import { float64, sizeOf, type Tensor } from "@athanor/core";
import { offsetOf, places, positionsOf, readAt, type Stance } from "./places.ts";

type Reference = (inputs: readonly Tensor<"float64">[]) => Tensor<"float64">;

/** Convolution by its definition: `[batch, channels, …]`. */
export const convolved =
  (stance: Stance = {}, group = 1): Reference =>
  ([x, w, b]) => {
    const [batch, channels, ...lengths] = x!.shape as [number, number, ...number[]];
    const [maps, depth, ...kernel] = w!.shape as [number, number, ...number[]];
    const positions = positionsOf(lengths, kernel, stance);
    const [area, taps] = [sizeOf(lengths), places(kernel)];
    const y = places([batch, maps, ...positions]).map(([n, m, ...position]) => {
      let sum = b?.data[m!] ?? 0;
      for (const [k, tap] of taps.entries()) {
        const at = offsetOf(readAt(position, tap, stance), lengths);
        if (at === undefined) continue;
        for (let c = 0; c < depth; c++) {
          const channel = Math.floor(m! / (maps / group)) * depth + c;
          sum += x!.data[(n! * channels + channel) * area + at]! * w!.data[(m! * depth + c) * taps.length + k]!;
        }
      }
      return sum;
    });
    return float64(y, [batch, maps, ...positions]);
  };

/** Transposed convolution by its definition: each input adds its weighted kernel to an output of the given lengths. */
export const spreadOut =
  (lengths: readonly number[], stance: Stance = {}, group = 1): Reference =>
  ([x, w, b]) => {
    const [batch, channels, ...inputs] = x!.shape as [number, number, ...number[]];
    const [, depth, ...kernel] = w!.shape as [number, number, ...number[]];
    const maps = depth * group;
    const [area, taps] = [sizeOf(lengths), places(kernel)];
    const y = Float64Array.from({ length: batch * maps * area }, (_, i) => b?.data[Math.floor(i / area) % maps] ?? 0);
    for (const [i, [n, c, ...position]] of places([batch, channels, ...inputs]).entries()) {
      for (const [k, tap] of taps.entries()) {
        const at = offsetOf(readAt(position, tap, stance), lengths);
        if (at === undefined) continue;
        for (let d = 0; d < depth; d++) {
          const map = Math.floor(c! / (channels / group)) * depth + d;
          y[(n! * maps + map) * area + at]! += x!.data[i]! * w!.data[(c! * depth + d) * taps.length + k]!;
        }
      }
    }
    return float64(y, [batch, maps, ...lengths]);
  };
