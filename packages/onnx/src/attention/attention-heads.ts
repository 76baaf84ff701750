import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim } from "../model.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { shapeError } from "../shapes.ts";

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

export interface View {
  readonly queries: Dim;
  readonly keys: Dim;
  /** How many keys stand before the first query: one number, or one a sequence `[batch, 1, 1, 1]`. */
  readonly offset?: number | Value;
  readonly isCausal?: boolean;
  /** How many keys before and after its own a query may see; all when negative. */
  readonly left?: number;
  readonly right?: number;
}

/** Whether every query sees a key at least, as far as places alone decide. */
export const seesAll = ({ queries, keys, offset = 0, left = -1 }: View): boolean =>
  typeof offset === "number" && offset >= 0 && (left < 0 || Number(queries) + offset <= Number(keys));

/** Which keys each query may see by their places, `[…, queries, keys]`; `undefined` when all. */
export function viewMask(g: GraphBuilder, view: View): Value | undefined {
  const { queries, keys, offset = 0, isCausal = false, left = -1, right = -1 } = view;
  if (!isCausal && left < 0 && right < 0) return undefined;
  if (typeof queries !== "number" || typeof keys !== "number")
    throw shapeError("Attention", "known lengths for a causal mask", { dtype: "bool", shape: [queries, keys] });
  const from = typeof offset === "number" ? offset : 0;
  const column = g.reshape(placesFrom(g, queries, from), [queries, 1]);
  const own = typeof offset === "number" ? column : g.add(column, offset);
  const key = placesFrom(g, keys, 0);
  const last = isCausal ? 0 : right;
  const bounds = [
    last < 0 ? undefined : g.op("LessOrEqual", [key, last === 0 ? own : g.add(own, last)]),
    left < 0 ? undefined : g.op("GreaterOrEqual", [key, g.sub(own, left)]),
  ];
  return both(g, bounds);
}

export const placesFrom = (g: GraphBuilder, length: number, from: number): Value =>
  g.constant(
    Array.from({ length }, (_, i) => i + from),
    "int64",
  );

/** True where all masks are that there are. */
export function both(g: GraphBuilder, masks: readonly (Value | undefined)[]): Value | undefined {
  const given = masks.filter((mask) => mask !== undefined);
  return given.length === 0 ? undefined : given.reduce((all, mask) => g.op("And", [all, mask]));
}

export interface Heads {
  /** `[batch, heads, queries, size]` */
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
  readonly scale: number;
  /** Added to the scores. */
  readonly bias?: Value | undefined;
  /** True where a query may look. */
  readonly mask?: Value | undefined;
  /** What stands in for the scores of hidden places. */
  readonly hidden?: number;
  readonly softcap?: number;
  /** Whether a query that may see nothing gets zeros; otherwise it sees everything alike. */
  readonly isBlindZero?: boolean;
}

/** A score that no real one is below; finite, so that its gradient is. */
export const lowestOf = ({ dtype }: Value): number => (dtype === "float16" ? -65504 : -1e30);

/** softmax(s) V with s = scale Q Kᵀ bounded by the softcap, plus the bias, hidden by the mask; with every stage of s. */
export function attend(g: GraphBuilder, heads: Heads) {
  const { q, k, v, scale, bias, mask, softcap = 0, isBlindZero = false } = heads;
  const { hidden = lowestOf(q) } = heads;
  const constant = (value: number) => g.constant(value, q.dtype as "float32");
  const raw = matrixProduct(g, q, k, { transB: true, alpha: scale });
  const capped = softcap > 0 ? g.mul(g.tanh(g.div(raw, softcap)), softcap) : raw;
  const biased = bias ? g.add(capped, bias) : capped;
  // Single precision forgets a score beside the lowest, which leaves one addition, and none for the gradient.
  const isForgetful = mask && q.dtype === "float32" && hidden === lowestOf(q);
  const scores = isForgetful
    ? g.add(biased, g.where(mask, constant(0), constant(hidden)))
    : mask
      ? g.where(mask, biased, constant(hidden))
      : biased;
  const softmax = g.softmax(scores, -1);
  const weights = mask && isBlindZero ? g.where(mask, softmax, constant(0)) : softmax;
  return { y: g.matMul(weights, v), stages: [raw, capped, scores, weights] as const };
}
