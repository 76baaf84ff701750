import { tensorOfNumbers } from "../constant-tensor.ts";
import { defineOp, int, optional } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { readTaps } from "../rules/read-taps.ts";
import { type Sampling, tapsAt } from "../rules/sample-taps.ts";
import { staticShape } from "../shapes.ts";
import { convShape } from "../windows/conv-shape.ts";
import { type Window, windowOf } from "../windows/window.ts";

const sampling: Sampling = { mode: "linear", padding: "zeros", alignCorners: true };

export const deformConv = defineOp({
  name: "DeformConv",
  attributes: {
    dilations: optional.ints,
    group: int(1),
    kernel_shape: optional.ints,
    offset_group: int(1),
    pads: optional.ints,
    strides: optional.ints,
  },
  inputs: [3, 5],
  infer: ({ inputs: [x, w], attributes }) => [
    { dtype: x!.dtype, shape: convShape("DeformConv", x!, w!, { ...attributes, auto_pad: "NOTSET" }) },
  ],
  // Every tap of the kernel reads between the elements, at its place moved by an offset; the rest is a product by groups.
  decompose({ g, inputs: [x, w, offset, bias, mask], outputs: [y], attributes }) {
    const { group, offset_group: count } = attributes;
    const [batch, channels, ...lengths] = staticShape("DeformConv", x!) as [number, number, ...number[]];
    const [maps, , ...kernel] = staticShape("DeformConv", w!) as [number, number, ...number[]];
    const outer = staticShape("DeformConv", y!).slice(2);
    const [taps, places] = [kernel, outer].map(productOf) as [number, number];
    const window = windowOf("DeformConv", x!, kernel, { ...attributes, auto_pad: "NOTSET" });
    const moves = g.reshape(offset!, [batch * count, taps, lengths.length, places]);
    const reads = lengths.map((length, axis) => {
      const move = g.gather(moves, g.constant(axis, "int64"), 2);
      const at = g.add(move, standing(g, move, window, outer, axis));
      return tapsAt(g, g.reshape(at, [batch * count, taps * places]), length, sampling);
    });
    const apart = g.reshape(x!, [batch * count, channels / count, ...lengths]);
    const read = readTaps(g, { x: apart, taps: reads, points: taps * places });
    const weighed = mask ? g.mul(read, g.reshape(mask, [batch * count, 1, taps * places])) : read;
    const columns = g.reshape(weighed, [batch, group, (channels / group) * taps, places]);
    const rows = g.reshape(w!, [group, maps / group, (channels / group) * taps]);
    const sums = g.reshape(g.matMul(rows, columns), y!.shape);
    return [bias ? g.add(sums, g.reshape(bias, [maps, ...outer.map(() => 1)])) : sums];
  },
});

const productOf = (lengths: readonly number[]): number => lengths.reduce((product, length) => product * length, 1);

/** Where the taps of each window stand along an axis before they are moved, `[taps, places]`. */
function standing(
  g: GraphBuilder,
  { dtype }: Value,
  { kernel, strides, dilations, pads }: Window,
  outer: readonly number[],
  axis: number,
): Value {
  const along = (lengths: readonly number[], i: number) =>
    Math.floor(i / productOf(lengths.slice(axis + 1))) % lengths[axis]!;
  const [taps, places] = [productOf(kernel), productOf(outer)];
  const at = Array.from({ length: taps * places }, (_, i) => {
    const [tap, place] = [along(kernel, Math.floor(i / places)), along(outer, i % places)];
    return place * strides[axis]! - pads[axis]! + tap * dilations[axis]!;
  });
  return g.constant(tensorOfNumbers(dtype, at, [taps, places]));
}
