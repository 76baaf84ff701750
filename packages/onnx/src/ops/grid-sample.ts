import { defineOp, int, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { type Sampling, sampleTaps, type Tap } from "../rules/sample-taps.ts";
import { staticShape } from "../shapes.ts";

export const gridSample = defineOp({
  name: "GridSample",
  attributes: {
    align_corners: int(0),
    mode: string<"linear" | "nearest" | "cubic">("linear"),
    padding_mode: string<"zeros" | "border" | "reflection">("zeros"),
  },
  inputs: [2, 2],
  infer: ({ inputs: [x, grid] }) => [
    { dtype: x!.dtype, shape: x!.shape && grid!.shape && [x!.shape[0]!, x!.shape[1]!, ...grid!.shape.slice(1, -1)] },
  ],
  // Each point reads a few elements along each axis; what it gets is their products' sum.
  decompose({ g, inputs: [x, grid], outputs: [y], attributes: { align_corners, mode, padding_mode } }) {
    const [batch, channels, ...lengths] = staticShape("GridSample", x!) as [number, number, ...number[]];
    const points = staticShape("GridSample", grid!)
      .slice(1, -1)
      .reduce((product, length) => product * length, 1);
    const sampling = { mode, padding: padding_mode, alignCorners: align_corners === 1 } as Sampling;
    const taps = lengths.map((length, axis) => {
      // The first coordinate belongs to the last axis.
      const coordinate = g.gather(grid!, g.constant(lengths.length - 1 - axis, "int64"), -1);
      return sampleTaps(g, g.reshape(coordinate, [batch, points]), length, sampling);
    });
    const flat = g.reshape(x!, [batch, channels, -1]);
    const terms = combined(g, taps, lengths).map(({ index, weight }) => {
      const wide = g.op("Expand", [
        g.reshape(index, [batch, 1, points]),
        g.constant([batch, channels, points], "int64"),
      ]);
      const read = g.op("GatherElements", [flat, wide], { axis: 2 });
      return weight ? g.mul(read, g.reshape(weight, [batch, 1, points])) : read;
    });
    return [g.reshape(terms.length === 1 ? terms[0]! : g.op("Sum", terms), y!.shape)];
  },
});

/** Every choice of one tap an axis: its place in the flattened image and the product of the weights. */
const combined = (g: GraphBuilder, taps: readonly (readonly Tap[])[], lengths: readonly number[]): readonly Tap[] =>
  taps.slice(1).reduce(
    (known, along, i) =>
      known.flatMap((one) =>
        along.map((other) => ({
          index: g.add(g.mul(one.index, lengths[i + 1]!), other.index),
          weight: product(g, one.weight, other.weight),
        })),
      ),
    taps[0]!,
  );

const product = (g: GraphBuilder, a: Value | undefined, b: Value | undefined): Value | undefined =>
  a && b ? g.mul(a, b) : (a ?? b);
