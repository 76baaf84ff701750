import { attend, both, continued, mergeHeads, splitHeads, threeParts, viewMask } from "../attention/attention-heads.ts";
import { keyMask } from "../attention/key-mask.ts";
import { defineOp, float, int, optional } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import type { Dim, ValueType } from "../model.ts";
import { shapeError } from "../shapes.ts";

export const contribAttention = defineOp({
  name: "Attention",
  domain: "com.microsoft",
  attributes: {
    do_rotary: int(0),
    mask_filter_value: float(-10000),
    num_heads: int(1),
    past_present_share_buffer: optional.int,
    qkv_hidden_sizes: optional.ints,
    rotary_embedding_dim: optional.int,
    scale: optional.float,
    unidirectional: int(0),
  },
  inputs: [2, 7],
  infer({ inputs: [x, w, , , past], attributes: { qkv_hidden_sizes: sizes, num_heads }, outputCount }) {
    const { dtype } = x!;
    if (x!.shape === undefined || w!.shape === undefined)
      return Array<ValueType>(outputCount).fill({ dtype, shape: undefined });
    const width = sizes?.[2] ?? Number(w!.shape[1]) / 3;
    const [batch, steps] = x!.shape as [Dim, Dim];
    const total = past?.shape ? Number(past.shape[3]) + Number(steps) : steps;
    const shapes = [
      [batch, steps, width],
      [2, batch, num_heads, total, width / num_heads],
    ];
    return shapes.slice(0, outputCount).map((shape) => ({ dtype, shape }));
  },
  decompose({ g, inputs: [x, w, b, mask, past, bias], attributes }) {
    const { num_heads, qkv_hidden_sizes, unidirectional, mask_filter_value, scale, do_rotary } = attributes;
    if (do_rotary === 1) throw shapeError("Attention", "rotary embeddings applied outside for its gradient", x);
    const product = g.matMul(x!, w!);
    const parts = threeParts(g, b ? g.add(product, b) : product, 2, qkv_hidden_sizes);
    const [q, k, v] = parts.map((part) => splitHeads(g, part, num_heads)) as [Value, Value, Value];
    const [pastKey, pastValue] = [0, 1].map((i) => past && g.gather(past, g.constant(i, "int64")));
    const [keys, values] = [continued(g, pastKey, k), continued(g, pastValue, v)];
    const [batch, , queries, size] = q.shape as [Dim, Dim, Dim, number];
    const seen = keys.shape[2]!;
    const { y } = attend(g, {
      q,
      k: keys,
      v: values,
      scale: scale || 1 / Math.sqrt(size),
      bias,
      mask: both(g, [
        keyMask(g, "Attention", mask, batch, seen),
        viewMask(g, {
          queries,
          keys: seen,
          offset: pastKey ? Number(pastKey.shape[2]) : 0,
          isCausal: unidirectional === 1,
        }),
      ]),
      hidden: mask_filter_value,
    });
    const stack = (value: Value) => g.op("Unsqueeze", [value, g.constant([0], "int64")]);
    return [
      mergeHeads(g, y),
      keys.shape[3] === values.shape[3] ? g.concat([stack(keys), stack(values)], 0) : undefined,
    ];
  },
});
