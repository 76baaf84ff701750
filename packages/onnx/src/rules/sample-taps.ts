import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** One place along an axis that a sampled point reads, and how much of it. */
export interface Tap {
  /** Whole-number index within the axis. */
  readonly index: Value;
  /** Undefined when it counts fully. */
  readonly weight: Value | undefined;
}

export interface Sampling {
  readonly mode: "linear" | "nearest" | "cubic";
  readonly padding: "zeros" | "border" | "reflection";
  readonly alignCorners: boolean;
}

/** What points with coordinates in [-1, 1] read along an axis of a length. */
export function sampleTaps(g: GraphBuilder, coordinate: Value, length: number, sampling: Sampling): readonly Tap[] {
  const scaled = sampling.alignCorners
    ? g.mul(g.add(coordinate, 1), (length - 1) / 2)
    : g.sub(g.mul(g.add(coordinate, 1), length / 2), 0.5);
  return tapsAt(g, scaled, length, sampling);
}

/** What points read along an axis of a length, their places counted in elements. */
export function tapsAt(g: GraphBuilder, scaled: Value, length: number, sampling: Sampling): readonly Tap[] {
  const { mode, padding, alignCorners } = sampling;
  const place = mode === "cubic" ? scaled : placed(g, scaled, length, sampling);
  if (mode === "nearest") return [tap(g, whole(g, g.op("Round", [place])), undefined, length, padding, alignCorners)];
  const first = whole(g, g.op("Floor", [place]));
  const rest = g.sub(place, first);
  const weights = mode === "linear" ? [g.sub(1, rest), rest] : cubicWeights(g, rest);
  const start = mode === "linear" ? 0 : -1;
  return weights.map((weight, i) => tap(g, g.add(first, i + start), weight, length, padding, alignCorners));
}

/** Cut off from gradients: which element is read does not change smoothly. */
const whole = (g: GraphBuilder, x: Value): Value => g.cast(g.cast(x, "int64"), x.dtype);

/** Brings points outside to the border or reflects them there. */
function placed(g: GraphBuilder, x: Value, length: number, { padding, alignCorners }: Sampling): Value {
  if (padding === "zeros") return x;
  if (padding === "border") return clipped(g, x, 0, length - 1);
  return clipped(g, reflected(g, x, length, alignCorners), 0, length - 1);
}

function clipped(g: GraphBuilder, x: Value, low: number, high: number): Value {
  const bound = (value: number) => g.constant(value, x.dtype as "float32");
  return g.op("Clip", [x, bound(low), bound(high)]);
}

function reflected(g: GraphBuilder, x: Value, length: number, alignCorners: boolean): Value {
  const low = alignCorners ? 0 : -0.5;
  const span = alignCorners ? length - 1 : length;
  if (span === 0) return g.mul(x, 0);
  const distance = g.op("Abs", [g.sub(x, low)]);
  const turns = whole(g, g.op("Floor", [g.div(distance, span)]));
  const rest = g.sub(distance, g.mul(turns, span));
  const isBack = g.greater(g.sub(turns, g.mul(whole(g, g.op("Floor", [g.mul(turns, 0.5)])), 2)), 0.5);
  return g.where(isBack, g.sub(low + span, rest), g.add(rest, low));
}

function tap(
  g: GraphBuilder,
  at: Value,
  weight: Value | undefined,
  length: number,
  padding: Sampling["padding"],
  alignCorners: boolean,
): Tap {
  const inside =
    padding === "reflection"
      ? clipped(g, reflected(g, at, length, alignCorners), 0, length - 1)
      : clipped(g, at, 0, length - 1);
  const index = g.cast(inside, "int64");
  if (padding !== "zeros") return { index, weight };
  const isInside = g.cast(g.equal(at, inside), at.dtype);
  return { index, weight: weight ? g.mul(weight, isInside) : isInside };
}

/** Keys' kernel with a = −0.75 at the four places around a point. */
function cubicWeights(g: GraphBuilder, t: Value): readonly Value[] {
  const a = -0.75;
  const near = (d: Value) => g.add(g.mul(g.mul(d, d), g.sub(g.mul(d, a + 2), a + 3)), 1);
  const far = (d: Value) => g.sub(g.mul(g.add(g.mul(g.sub(g.mul(d, a), 5 * a), d), 8 * a), d), 4 * a);
  const back = g.sub(1, t);
  return [far(g.add(t, 1)), near(t), near(back), far(g.add(back, 1))];
}
