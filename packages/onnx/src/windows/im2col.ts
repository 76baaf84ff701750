import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Window } from "./window.ts";

/** Gathers what each window position sees: `[batch, channels, …]` → `[batch, channels, taps, positions]`. */
export function im2col(
  g: GraphBuilder,
  x: Value,
  { kernel, strides, dilations, pads }: Window,
  positions: readonly number[],
): Value {
  const [batch, channels] = x.shape as readonly number[];
  const rank = kernel.length;
  const count = positions.reduce((product, length) => product * length, 1);
  const padded = pads.some((pad) => pad > 0)
    ? g.op("Pad", [x, g.constant([0, 0, ...pads.slice(0, rank), 0, 0, ...pads.slice(rank)], "int64")])
    : x;
  const axes = g.constant(
    kernel.map((_, axis) => axis + 2),
    "int64",
  );
  const steps = g.constant(strides, "int64");
  const taps = tapsOf(kernel).map((tap) => {
    const starts = tap.map((offset, axis) => offset * dilations[axis]!);
    const ends = starts.map((start, axis) => start + (positions[axis]! - 1) * strides[axis]! + 1);
    const seen = g.op("Slice", [padded, g.constant(starts, "int64"), g.constant(ends, "int64"), axes, steps]);
    return g.reshape(seen, [batch!, channels!, 1, count]);
  });
  return taps.length === 1 ? taps[0]! : g.concat(taps, 2);
}

/** Every position inside a box, last axis fastest. */
export function tapsOf(kernel: readonly number[]): readonly (readonly number[])[] {
  const [length, ...rest] = kernel;
  if (length === undefined) return [[]];
  const inner = tapsOf(rest);
  return Array.from({ length }, (_, i) => inner.map((tap) => [i, ...tap])).flat();
}
