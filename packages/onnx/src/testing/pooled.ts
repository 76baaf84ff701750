import { float64, sizeOf, type Tensor } from "@athanor/core";
import { offsetOf, places, positionsOf, readAt, type Stance } from "./places.ts";

/** Pooling by its definition over windows of any rank: `combine` gets the values that a window sees. */
export const pooledOver =
  (kernel: readonly number[], stance: Stance, combine: (seen: readonly number[]) => number, whole = Math.floor) =>
  ([x]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const [batch, channels, ...lengths] = x!.shape as [number, number, ...number[]];
    const positions = positionsOf(lengths, kernel, stance, whole);
    const [area, taps] = [sizeOf(lengths), places(kernel)];
    const y = places([batch * channels, ...positions]).map(([plane, ...position]) => {
      const offsets = taps.map((tap) => offsetOf(readAt(position, tap, stance), lengths));
      return combine(offsets.flatMap((at) => (at === undefined ? [] : [x!.data[plane! * area + at]!])));
    });
    return float64(y, [batch, channels, ...positions]);
  };

/** Pooling of images by square windows. */
export const pooled = (
  size: number,
  stride: number,
  pad: number,
  combine: (seen: readonly number[]) => number,
  whole = Math.floor,
) => pooledOver([size, size], { strides: [stride, stride], pads: [pad, pad, pad, pad] }, combine, whole);
