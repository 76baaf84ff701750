import { tensorOfNumbers } from "../constant-tensor.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { spatialShape, staticShape } from "../shapes.ts";
import type { Window } from "./window.ts";

/** Adds what each window position got to all elements that it sees: a transposed convolution with ones, channel by channel. */
export function spreadOverWindows(
  g: GraphBuilder,
  share: Value,
  x: Value,
  { kernel, strides, dilations, pads }: Window,
): Value {
  const [channels, ...lengths] = staticShape("AveragePool", { ...x, shape: x.shape.slice(1) }) as [number, ...number[]];
  const positions = spatialShape("AveragePool", share);
  const rank = kernel.length;
  const unseen = kernel.map((size, axis) => {
    const reached = strides[axis]! * (positions[axis]! - 1) + dilations[axis]! * (size - 1) + 1;
    return lengths[axis]! - (reached - pads[axis]! - pads[axis + rank]!);
  });
  // A last window that hangs over the end (ceil_mode) is cut off like padding; a rest that no window sees is put back.
  const ends = pads.map((pad, i) => (i < rank ? pad : pad + Math.max(0, -unseen[i - rank]!)));
  const weights = Array<number>(channels * kernel.reduce((product, size) => product * size, 1)).fill(1);
  const ones = g.constant(tensorOfNumbers(share.dtype, weights, [channels, 1, ...kernel]));
  return g.op("ConvTranspose", [share, ones], {
    strides,
    dilations,
    pads: ends,
    group: channels,
    output_padding: unseen.map((rest) => Math.max(0, rest)),
  });
}
