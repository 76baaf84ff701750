import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** One axis of regions that are cut into bins. */
export interface RegionAxis {
  /** Both ends of each region in elements of the image, `[regions]`. */
  readonly ends: readonly [start: Value, end: Value];
  /** Whether a region is taken for one element long at least. */
  readonly isStretched: boolean;
  readonly bins: number;
  /** Points a bin; 0 for one an element that it covers. */
  readonly perBin: number;
  /** Elements of the image along the axis. */
  readonly length: number;
}

export interface RegionSamples {
  /** Places of the points within the image, `[regions, bins, points]`. */
  readonly at: Value;
  /** Each point's share of its bin, `[regions, bins, points]`: nothing outside of the image. */
  readonly share: Value;
  /** What is 1 for points inside of the image and 0 outside, in the same shape. */
  readonly isInside: Value;
}

/** The points of each bin, evenly spaced. A bin that needs fewer than another repeats its last, with no share. */
export function regionSamples(g: GraphBuilder, axis: RegionAxis): RegionSamples {
  const { ends, isStretched, bins, perBin, length } = axis;
  const [start, end] = ends.map((value) => g.reshape(value, [-1, 1, 1])) as [Value, Value];
  const { dtype } = start;
  const given = g.sub(end, start);
  const size = g.div(isStretched ? g.max(given, 1) : given, bins);
  const count = perBin > 0 ? g.constant(perBin, dtype as "float32") : g.max(g.op("Ceil", [size]), 1);
  const steps =
    perBin > 0
      ? g.constant([...Array(perBin).keys()], dtype as "float32")
      : upTo(g, g.op("ReduceMax", [count], { keepdims: 0 }));
  const bin = g.reshape(g.constant([...Array(bins).keys()], dtype as "float32"), [bins, 1]);
  const isUsed = g.cast(g.less(steps, count), dtype);
  const step = g.min(steps, g.sub(count, 1));
  const place = g.add(start, g.mul(size, g.add(bin, g.div(g.add(step, 0.5), count))));
  const isInside = g.cast(
    g.op("And", [
      g.op("GreaterOrEqual", [place, g.constant(-1, dtype as "float32")]),
      g.op("LessOrEqual", [place, g.constant(length, dtype as "float32")]),
    ]),
    dtype,
  );
  const at = g.op("Clip", [place, g.constant(0, dtype as "float32"), g.constant(length - 1, dtype as "float32")]);
  return { at, isInside, share: g.div(g.mul(isInside, isUsed), count) };
}

const upTo = (g: GraphBuilder, count: Value): Value =>
  g.op("Range", [g.constant(0, count.dtype as "float32"), count, g.constant(1, count.dtype as "float32")]);
