import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Tap } from "./sample-taps.ts";

export interface Sampled {
  /** `[batch, channels, ...lengths]` */
  readonly x: Value;
  /** One an axis, each of `[batch, points]`. */
  readonly taps: readonly (readonly Tap[])[];
  readonly points: number;
}

/** Values between the elements, `[batch, channels, points]`: each point reads a few along every axis and gets the sum of their products. */
export function readTaps(g: GraphBuilder, { x, taps, points }: Sampled): Value {
  const [batch, channels, ...lengths] = x.shape as readonly number[];
  const flat = g.reshape(x, [batch!, channels!, -1]);
  const terms = combined(g, taps, lengths).map(({ index, weight }) => {
    const wide = g.op("Expand", [
      g.reshape(index, [batch!, 1, points]),
      g.constant([batch!, channels!, points], "int64"),
    ]);
    const read = g.op("GatherElements", [flat, wide], { axis: 2 });
    return weight ? g.mul(read, g.reshape(weight, [batch!, 1, points])) : read;
  });
  return terms.length === 1 ? terms[0]! : g.op("Sum", terms);
}

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
