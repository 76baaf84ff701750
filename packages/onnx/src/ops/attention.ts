import { attend, causalMask, continued, mergeHeads, repeatHeads, splitHeads } from "../attention-heads.ts";
import { defineOp, float, int, optional } from "../define-op.ts";
import type { Dim, ValueType } from "../model.ts";

export const attention = defineOp({
  name: "Attention",
  since: 23,
  attributes: {
    is_causal: int(0),
    kv_num_heads: optional.int,
    q_num_heads: optional.int,
    qk_matmul_output_mode: int(0),
    scale: optional.float,
    softcap: float(0),
    softmax_precision: optional.int,
  },
  inputs: [3, 7],
  infer({ inputs: [q, k, v, , pastKey], attributes: { q_num_heads, kv_num_heads }, outputCount }) {
    const { dtype } = q!;
    if (q!.shape === undefined || k!.shape === undefined || v!.shape === undefined)
      return Array<ValueType>(outputCount).fill({ dtype, shape: undefined });
    const isFlat = q!.shape.length === 3;
    const heads = (shape: readonly Dim[], count: number | undefined): readonly Dim[] =>
      isFlat ? [shape[0]!, count!, shape[1]!, Number(shape[2]) / count!] : shape;
    const [qs, ks, vs] = [heads(q!.shape, q_num_heads), heads(k!.shape, kv_num_heads), heads(v!.shape, kv_num_heads)];
    const total = pastKey ? longer(pastKey.shape![2]!, ks[2]!) : ks[2]!;
    const y = isFlat ? [qs[0]!, qs[2]!, q_num_heads! * Number(vs[3])] : [...qs.slice(0, 3), vs[3]!];
    const shapes = [y, ks.with(2, total), vs.with(2, total), [...qs.slice(0, 3), total]];
    return shapes.slice(0, outputCount).map((shape) => ({ dtype, shape }));
  },
  decompose({ g, inputs: [q, k, v, mask, pastKey, pastValue, lengths], attributes }) {
    const { q_num_heads, kv_num_heads, is_causal, scale, softcap, qk_matmul_output_mode: mode } = attributes;
    const isFlat = q!.shape.length === 3;
    const heads = isFlat ? splitHeads(g, q!, q_num_heads!) : q!;
    const keys = continued(g, pastKey, isFlat ? splitHeads(g, k!, kv_num_heads!) : k!);
    const values = continued(g, pastValue, isFlat ? splitHeads(g, v!, kv_num_heads!) : v!);
    const times = Number(heads.shape[1]) / Number(keys.shape[1]);
    const [queries, seen] = [heads.shape[2]!, keys.shape[2]!];
    const past = pastKey ? Number(pastKey.shape[2]) : 0;
    const own =
      lengths &&
      g.less(
        g.constant(
          Array.from({ length: Number(seen) }, (_, i) => i),
          "int64",
        ),
        g.reshape(lengths, [-1, 1, 1, 1]),
      );
    const { y, raw, weights } = attend(g, {
      q: heads,
      k: repeatHeads(g, keys, times),
      v: repeatHeads(g, values, times),
      scale: scale ?? 1 / Math.sqrt(Number(heads.shape[3])),
      bias: mask?.dtype === "bool" ? undefined : mask,
      masks: [
        mask?.dtype === "bool" ? mask : undefined,
        is_causal ? causalMask(g, queries, seen, past) : undefined,
        own,
      ],
      softcap,
    });
    const scores = mode === 0 ? raw : mode === 3 ? weights : undefined;
    return [isFlat ? mergeHeads(g, y) : y, keys, values, scores];
  },
});

const longer = (past: Dim, steps: Dim): Dim =>
  typeof past === "number" && typeof steps === "number" ? past + steps : `${past}_${steps}`;
