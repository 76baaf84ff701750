import { float64 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";

/** A monotone curve: straight between knots, flat beyond them. */
export interface MonotoneCurve {
  /** Rising. */
  readonly at: Float64Array;
  readonly value: Float64Array;
}

/**
 * The rising curve of least squares, by pooling neighbours that violate the order.
 *
 * @see Barlow et al. 1972, "Statistical inference under order restrictions"
 * @see Zadrozny and Elkan 2002, "Transforming classifier scores into accurate multiclass probability estimates", https://doi.org/10.1145/775047.775151
 */
export function fitMonotone(x: Float64Array, y: Float64Array, weights: Float64Array): MonotoneCurve {
  const order = Int32Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  const knots: { readonly at: number; sum: number; weight: number }[] = [];
  for (const row of order) {
    if (knots.length === 0 || x[row]! - knots.at(-1)!.at >= resolution) knots.push({ at: x[row]!, sum: 0, weight: 0 });
    knots.at(-1)!.sum += weights[row]! * y[row]!;
    knots.at(-1)!.weight += weights[row]!;
  }
  const pools: { sum: number; weight: number; knots: number }[] = [];
  for (const { sum, weight } of knots) {
    let pool = { sum, weight, knots: 1 };
    for (let last = pools.at(-1); last && last.sum * pool.weight >= pool.sum * last.weight; last = pools.at(-1)) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, knots: last.knots + pool.knots };
    }
    pools.push(pool);
  }
  const values = pools.flatMap((pool) => Array<number>(pool.knots).fill(pool.sum / pool.weight));
  // Within a flat part only its ends matter.
  const kept = [...knots.keys()].filter((i) => values[i - 1] !== values[i] || values[i] !== values[i + 1]);
  return {
    at: Float64Array.from(kept, (i) => knots[i]!.at),
    value: Float64Array.from(kept, (i) => values[i]!),
  };
}

/** Samples nearer to each other than this are one knot: probabilities as small as that say the same. */
const resolution = 1e-15;

const slopesOf = ({ at, value }: MonotoneCurve): Float64Array =>
  at.map((each, i) => (i + 1 < at.length ? (value[i + 1]! - value[i]!) / (at[i + 1]! - each) : 0));

/** Values of the curve. */
export function monotoneAt(curve: MonotoneCurve, x: Float64Array): Float64Array {
  const { at, value } = curve;
  const slopes = slopesOf(curve);
  return x.map((each) => {
    let [low, high] = [0, at.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at[middle]! <= each) low = middle + 1;
      else high = middle;
    }
    const place = low - 1;
    return place < 0 ? value[0]! : value[place]! + slopes[place]! * (each - at[place]!);
  });
}

/** The same as operators, float64 `[batch, 1]`. */
export function monotoneToOnnx(g: GraphBuilder, x: Value, curve: MonotoneCurve): Value {
  const { at, value } = curve;
  const limit = (name: string, end: number) => (each: Value) => g.op(name, [each, g.constant(float64([end]))]);
  const inside = limit("Min", at.at(-1)!)(limit("Max", at[0]!)(x));
  const passed = g.cast(g.op("GreaterOrEqual", [inside, g.constant(float64(at, [1, at.length]))]), "int64");
  const place = g.sub(g.reduceSum(passed, [1], true), 1);
  const pick = (table: Float64Array) => g.gather(g.constant(float64(table)), place);
  return g.add(pick(value), g.mul(pick(slopesOf(curve)), g.sub(inside, pick(at))));
}
