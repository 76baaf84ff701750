import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { originAtRun } from "./origin-at-run.ts";
import type { Resampling } from "./resample.ts";

/** How one axis is resized to a length that only the run tells. */
export interface RunResampling
  extends Pick<Resampling, "from" | "mode" | "coordinates" | "nearest" | "cubic" | "excludesOutside"> {
  /** The new length, a whole number. */
  readonly to: Value;
  /** The factor, in single precision. */
  readonly scale: Value;
}

/** Input places that an output position reads, all with the shape `[to]`. */
interface Tap {
  readonly index: Value;
  readonly weight: Value | number;
}

/** The matrix `[from, to]` by which what lies along an axis is multiplied, written as nodes. */
export function resampleAtRun(g: GraphBuilder, resampling: RunResampling): Value {
  const { from, excludesOutside } = resampling;
  const taps = tapsOf(g, resampling).map(({ index, weight }) => {
    const at = g.min(g.max(index, 0), from - 1);
    return { at, weight: excludesOutside ? g.mul(g.cast(g.equal(at, index), "float32"), weight) : weight };
  });
  const places = g.reshape(g.constant(Array.from({ length: from }, (_, i) => i)), [from, 1]);
  const matrix = taps
    .map(({ at, weight }) => g.mul(g.cast(g.equal(places, at), "float32"), weight))
    .reduce((sum, term) => g.add(sum, term));
  return excludesOutside ? g.div(matrix, g.reduceSum(matrix, [0], true)) : matrix;
}

function tapsOf(g: GraphBuilder, resampling: RunResampling): readonly Tap[] {
  const origin = originAtRun(g, resampling);
  if (resampling.mode === "nearest") return [{ index: rounded(g, resampling.nearest, origin), weight: 1 }];
  const x = resampling.mode === "linear" ? g.min(g.max(origin, 0), resampling.from - 1) : origin;
  const base = g.op("Floor", [x]);
  const rest = g.sub(x, base);
  const weights = resampling.mode === "linear" ? [g.sub(1, rest), rest] : cubicWeights(g, resampling.cubic, rest);
  const first = resampling.mode === "linear" ? 0 : -1;
  return weights.map((weight, i) => ({ index: g.add(base, first + i), weight }));
}

function rounded(g: GraphBuilder, mode: string, x: Value): Value {
  if (mode === "floor") return g.op("Floor", [x]);
  if (mode === "ceil") return g.op("Ceil", [x]);
  return mode === "round_prefer_ceil" ? g.op("Floor", [g.add(x, 0.5)]) : g.op("Ceil", [g.sub(x, 0.5)]);
}

/** Keys' cubic convolution at the four places around a position that lies a share after the second. */
function cubicWeights(g: GraphBuilder, a: number, share: Value): readonly Value[] {
  const near = (d: Value) => g.add(g.mul(g.sub(g.mul(d, a + 2), a + 3), g.mul(d, d)), 1);
  const far = (d: Value) => g.sub(g.mul(g.add(g.mul(g.sub(g.mul(d, a), 5 * a), d), 8 * a), d), 4 * a);
  const rest = g.sub(1, share);
  return [far(g.add(share, 1)), near(share), near(rest), far(g.add(rest, 1))];
}
