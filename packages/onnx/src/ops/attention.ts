import {
  attend,
  both,
  continued,
  lowestOf,
  mergeHeads,
  placesFrom,
  repeatHeads,
  seesAll,
  splitHeads,
  viewMask,
} from "../attention/attention-heads.ts";
import { type DecomposeContext, defineOp, float, int, optional } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim, ValueType } from "../model.ts";

const declared = {
  is_causal: int(0),
  kv_num_heads: optional.int,
  left_window_size: int(-1),
  q_num_heads: optional.int,
  qk_matmul_output_mode: int(0),
  right_window_size: int(-1),
  scale: optional.float,
  softcap: float(0),
  softmax_precision: optional.int,
} as const;

export const attention = defineOp({
  name: "Attention",
  since: 24,
  attributes: declared,
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
  decompose: stagesOf,
  // The gradient computes the weights: written out, the operator shares them with it.
  lower: (context) =>
    context.outputs.length === 1 && context.outputs[0]!.dtype === "float32" ? [stagesOf(context)[0]!] : undefined,
});

function stagesOf({
  g,
  inputs: [q, k, v, mask, pastKey, pastValue, lengths],
  attributes,
}: DecomposeContext<typeof declared>) {
  const { q_num_heads, kv_num_heads, is_causal, scale, softcap, qk_matmul_output_mode: stage } = attributes;
  const isFlat = q!.shape.length === 3;
  const heads = isFlat ? splitHeads(g, q!, q_num_heads!) : q!;
  const keys = continued(g, pastKey, isFlat ? splitHeads(g, k!, kv_num_heads!) : k!);
  const values = continued(g, pastValue, isFlat ? splitHeads(g, v!, kv_num_heads!) : v!);
  const times = Number(heads.shape[1]) / Number(keys.shape[1]);
  const [queries, seen] = [heads.shape[2]!, keys.shape[2]!];
  // Keys beyond the real ones of a sequence are padding; the queries stand at their end.
  const real = lengths && g.reshape(lengths, [-1, 1, 1, 1]);
  const view = {
    queries,
    keys: seen,
    offset: pastKey ? Number(pastKey.shape[2]) : real ? g.sub(real, Number(queries)) : 0,
    isCausal: is_causal === 1,
    left: attributes.left_window_size,
    right: attributes.right_window_size,
  };
  const own = mask && widened(g, mask, Number(seen));
  const isBias = own !== undefined && own.dtype !== "bool";
  const { y, stages } = attend(g, {
    q: heads,
    k: repeatHeads(g, keys, times),
    v: repeatHeads(g, values, times),
    scale: scale ?? 1 / Math.sqrt(Number(heads.shape[3])),
    bias: isBias ? own : undefined,
    mask: both(g, [isBias ? undefined : own, viewMask(g, view), real && g.less(placesFrom(g, Number(seen), 0), real)]),
    softcap,
    isBlindZero: (own !== undefined && !isBias) || real !== undefined || !seesAll(view),
  });
  return [isFlat ? mergeHeads(g, y) : y, keys, values, stages[stage]];
}

/** A mask that ends before the keys hides the rest of them. */
function widened(g: GraphBuilder, mask: Value, keys: number): Value {
  const missing = keys - Number(mask.shape.at(-1));
  if (!(missing > 0)) return mask;
  const pads = [
    ...mask.shape.map(() => 0),
    ...mask.shape.map((_, axis) => (axis === mask.shape.length - 1 ? missing : 0)),
  ];
  const hidden = mask.dtype === "bool" ? 0 : lowestOf(mask);
  return g.op("Pad", [mask, g.constant(pads, "int64"), g.constant(hidden, mask.dtype as "float32")]);
}

const longer = (past: Dim, steps: Dim): Dim =>
  typeof past === "number" && typeof steps === "number" ? past + steps : `${past}_${steps}`;
