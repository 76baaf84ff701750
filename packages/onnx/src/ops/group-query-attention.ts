import { attend, mergeHeads, repeatHeads, splitHeads, viewMask } from "../attention/attention-heads.ts";
import { rotateHalves } from "../attention/rotate-halves.ts";
import { defineOp, float, int, optional } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim, ValueType } from "../model.ts";
import { shapeError } from "../shapes.ts";

export const groupQueryAttention = defineOp({
  name: "GroupQueryAttention",
  domain: "com.microsoft",
  attributes: {
    do_rotary: int(0),
    kv_num_heads: int(1),
    local_window_size: int(-1),
    num_heads: int(1),
    rotary_interleaved: int(0),
    scale: optional.float,
    smooth_softmax: int(0),
    softcap: float(0),
  },
  inputs: [1, 14],
  infer({ inputs: [q, k, , pastKey], attributes: { num_heads, kv_num_heads }, outputCount }) {
    const { dtype, shape } = q!;
    if (shape === undefined) return Array<ValueType>(outputCount).fill({ dtype, shape: undefined });
    const [batch, steps, width] = shape as [Dim, Dim, number];
    const size = width / (k ? num_heads : num_heads + 2 * kv_num_heads);
    const past = pastKey?.shape?.[2] ?? 0;
    // The runtime writes into a past that is long enough to hold the whole sequence.
    const total: Dim =
      past === 0 ? steps : typeof past === "number" && typeof steps === "number" ? past + steps : `${past}_${steps}`;
    const present = [batch, kv_num_heads, total, size];
    return [[batch, steps, num_heads * size], present, present]
      .slice(0, outputCount)
      .map((own) => ({ dtype, shape: own }));
  },
  // A prompt from its start: sequences of different length are padded at their end, where nothing looks.
  decompose({ g, inputs, attributes }) {
    const [query, key, value, pastKey, , , , cosines, sines, places] = inputs;
    const {
      num_heads,
      kv_num_heads,
      do_rotary,
      rotary_interleaved,
      scale,
      softcap,
      local_window_size,
      smooth_softmax,
    } = attributes;
    if (pastKey !== undefined && pastKey.shape[2] !== 0)
      throw shapeError("GroupQueryAttention", "no past for its gradient", pastKey);
    if (smooth_softmax === 1) throw shapeError("GroupQueryAttention", "a plain softmax for its gradient", query);
    const parts = key ? [query!, key, value!] : unpacked(g, query!, num_heads, kv_num_heads);
    const [q, k, v] = parts.map((part, i) => splitHeads(g, part, i === 0 ? num_heads : kv_num_heads)) as [
      Value,
      Value,
      Value,
    ];
    const steps = q.shape[2]!;
    const size = q.shape[3] as number;
    const turned = (x: Value) => {
      if (do_rotary !== 1) return x;
      const counted = g.constant(
        Array.from({ length: Number(steps) }, (_, i) => i),
        "int64",
      );
      const at = places ?? g.op("Unsqueeze", [counted, g.constant([0], "int64")]);
      const [cos, sin] = [cosines!, sines!].map((cache) =>
        g.op("Unsqueeze", [g.gather(cache, at), g.constant([1], "int64")]),
      );
      return rotateHalves(g, x, cos!, sin!, 2 * Number(cosines!.shape[1]), rotary_interleaved === 1);
    };
    const keys = turned(k);
    const times = num_heads / kv_num_heads;
    const { y } = attend(g, {
      q: turned(q),
      k: repeatHeads(g, keys, times),
      v: repeatHeads(g, v, times),
      scale: scale || 1 / Math.sqrt(size),
      mask: viewMask(g, { queries: steps, keys: steps, isCausal: true, left: Math.max(local_window_size - 1, -1) }),
      softcap,
    });
    return [mergeHeads(g, y), keys, v];
  },
});

function unpacked(g: GraphBuilder, x: Value, heads: number, shared: number): readonly Value[] {
  const size = Number(x.shape[2]) / (heads + 2 * shared);
  const lengths = g.constant([heads * size, shared * size, shared * size], "int64");
  return g.ops("Split", [x, lengths], { axis: 2 }, { outputs: 3 });
}
