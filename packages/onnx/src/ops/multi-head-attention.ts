import { attend, both, continued, mergeHeads, splitHeads, threeParts, viewMask } from "../attention/attention-heads.ts";
import { keyMask } from "../attention/key-mask.ts";
import { defineOp, float, int, optional } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim, ValueType } from "../model.ts";

export const multiHeadAttention = defineOp({
  name: "MultiHeadAttention",
  domain: "com.microsoft",
  attributes: { mask_filter_value: float(-10000), num_heads: int(1), scale: optional.float, unidirectional: int(0) },
  inputs: [3, 10],
  infer({ inputs: [q, k, v, , , , pastKey], attributes: { num_heads: heads }, outputCount }) {
    const { dtype } = q!;
    const [batch, queries, ...rest] = q!.shape ?? [];
    if (q!.shape === undefined || k!.shape === undefined || v!.shape === undefined)
      return Array<ValueType>(outputCount).fill({ dtype, shape: undefined });
    const size = Number(rest[0]) / heads;
    const keys = k!.shape!.at(k!.shape!.length === 4 ? 2 : 1)!;
    const valueSize = v!.shape!.length === 4 ? Number(v!.shape![3]) : Number(v!.shape![2]) / heads;
    const past = pastKey?.shape?.[2];
    const total: Dim = past === undefined ? keys : Number(past) + Number(keys);
    const shapes: readonly (readonly Dim[])[] = [
      [batch!, queries!, heads * valueSize],
      [batch!, heads, total, size],
      [batch!, heads, total, valueSize],
    ];
    return shapes.slice(0, outputCount).map((shape) => ({ dtype, shape }));
  },
  decompose({ g, inputs, attributes: { num_heads, scale, unidirectional, mask_filter_value } }) {
    const [, , , , padding, bias, pastKey, pastValue] = inputs;
    const { q, k, v } = projected(g, inputs, num_heads);
    const [keys, values] = [continued(g, pastKey, k), continued(g, pastValue, v)];
    const [batch, , queries, size] = q.shape as [Dim, Dim, Dim, number];
    const seen = keys.shape[2]!;
    const past = pastKey ? Number(pastKey.shape[2]) : 0;
    const { y } = attend(g, {
      q,
      k: keys,
      v: values,
      scale: scale || 1 / Math.sqrt(size),
      bias,
      mask: both(g, [
        keyMask(g, "MultiHeadAttention", padding, batch, seen),
        viewMask(g, { queries, keys: seen, offset: past, isCausal: unidirectional === 1 }),
      ]),
      hidden: mask_filter_value,
    });
    return [mergeHeads(g, y), keys, values];
  },
});

/** Queries, keys and values by heads. */
function projected(g: GraphBuilder, [query, key, value, bias]: readonly (Value | undefined)[], heads: number) {
  const widths = [query!, query!, value!].map(({ shape }) => Number(shape[2]));
  const biases = bias && threeParts(g, bias, 0, value!.shape.length === 3 ? widths : undefined);
  const [q, k, v] = [query!, key!, value!].map((x, i) =>
    x.shape.length === 4 ? x : splitHeads(g, biases ? g.add(x, biases[i]!) : x, heads),
  );
  return { q: q!, k: k!, v: v! };
}
