import type { GraphBuilder, Value } from "./graph-builder.ts";
import { matrixProduct } from "./matrix-product.ts";
import type { Dim } from "./model.ts";
import { shapeError } from "./shapes.ts";

/** `[batch, steps, heads × size]` → `[batch, heads, steps, size]` */
export function splitHeads(g: GraphBuilder, x: Value, heads: number): Value {
  const [batch, steps, width] = x.shape as [Dim, Dim, number];
  return g.transpose(g.reshape(x, [batch, steps, heads, width / heads]), [0, 2, 1, 3]);
}

/** `[batch, heads, steps, size]` → `[batch, steps, heads × size]` */
export function mergeHeads(g: GraphBuilder, x: Value): Value {
  const [batch, heads, steps, size] = x.shape as [Dim, number, Dim, number];
  return g.reshape(g.transpose(x, [0, 2, 1, 3]), [batch, steps, heads * size]);
}

/** Cuts a value into three along an axis, evenly when no lengths are given. */
export function threeParts(g: GraphBuilder, x: Value, axis: number, lengths?: readonly number[]): readonly Value[] {
  const even = Number(x.shape.at(axis)) / 3;
  return g.ops("Split", [x, g.constant(lengths ?? [even, even, even], "int64")], { axis }, { outputs: 3 });
}

/** Gives every query head its own copy of the key or value head that its group shares. */
export function repeatHeads(g: GraphBuilder, x: Value, times: number): Value {
  if (times === 1) return x;
  const [batch, heads, steps, size] = x.shape as [Dim, number, Dim, number];
  const wide = g.op("Expand", [
    g.op("Unsqueeze", [x, g.constant([2], "int64")]),
    g.constant([1, 1, times, 1, 1], "int64"),
  ]);
  return g.reshape(wide, [batch, heads * times, steps, size]);
}

/** Adds what was remembered before the new steps. */
export const continued = (g: GraphBuilder, past: Value | undefined, x: Value): Value =>
  past === undefined || past.shape[2] === 0 ? x : g.concat([past, x], 2);

/** Which keys a query may see when it sees none after it: `[queries, keys]`, the last query at the last key. */
export function causalMask(g: GraphBuilder, queries: Dim, keys: Dim, past: number, window = 0): Value {
  if (typeof queries !== "number" || typeof keys !== "number")
    throw shapeError("Attention", "known lengths for a causal mask", { dtype: "bool", shape: [queries, keys] });
  const places = (length: number, from: number) => Array.from({ length }, (_, i) => i + from);
  const column = g.reshape(g.constant(places(queries, past), "int64"), [queries, 1]);
  const row = g.constant(places(keys, 0), "int64");
  const isSeen = g.op("LessOrEqual", [row, column]);
  return window > 0 ? g.op("And", [isSeen, g.greater(row, g.sub(column, window))]) : isSeen;
}

export interface Heads {
  /** `[batch, heads, queries, size]` */
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
  readonly scale: number;
  /** Added to the scores. */
  readonly bias?: Value | undefined;
  /** True where a query may look; both must agree. */
  readonly masks?: readonly (Value | undefined)[];
  /** What stands in for the scores of places hidden by the masks. */
  readonly hidden?: number;
  readonly softcap?: number;
}

/** softmax(s) V with s = scale Q Kᵀ + bias, bounded by the softcap and hidden by the masks. */
export function attend(g: GraphBuilder, { q, k, v, scale, bias, masks = [], hidden = -1e30, softcap = 0 }: Heads) {
  const raw = matrixProduct(g, q, k, { transB: true, alpha: scale });
  const capped = softcap > 0 ? g.mul(g.tanh(g.div(raw, softcap)), softcap) : raw;
  const biased = bias ? g.add(capped, bias) : capped;
  const seen = masks.filter((mask) => mask !== undefined);
  const low = g.constant(hidden, q.dtype as "float32");
  const scores = seen.reduce((value, mask) => g.where(mask, value, low), biased);
  const weights = g.softmax(scores, -1);
  return { y: g.matMul(weights, v), raw, weights };
}
