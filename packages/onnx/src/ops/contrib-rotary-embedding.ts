import { mergeHeads, splitHeads } from "../attention/attention-heads.ts";
import { rotateHalves } from "../attention/rotate-halves.ts";
import { defineOp, float, int } from "../define-op.ts";

export const contribRotaryEmbedding = defineOp({
  name: "RotaryEmbedding",
  domain: "com.microsoft",
  attributes: {
    interleaved: int(0),
    is_packed_batching: int(0),
    num_heads: int(0),
    rotary_embedding_dim: int(0),
    scale: float(1),
  },
  inputs: [4, 4],
  infer: ({ inputs: [x] }) => [x!],
  decompose({ g, inputs: [x, places, cosines, sines], attributes }) {
    const { interleaved, num_heads, rotary_embedding_dim } = attributes;
    const isFlat = x!.shape.length === 3;
    const half = Number(cosines!.shape[1]);
    const turned = rotary_embedding_dim || 2 * half;
    const heads = isFlat ? splitHeads(g, x!, num_heads || Number(x!.shape[2]) / (2 * half)) : x!;
    const steps = Number(heads.shape[2]);
    // One place is where every sequence starts.
    const counted = g.constant(
      Array.from({ length: steps }, (_, i) => i),
      "int64",
    );
    const at =
      places!.shape.length === 2 ? places! : g.op("Unsqueeze", [g.add(places!, counted), g.constant([0], "int64")]);
    const angles = [cosines!, sines!].map((cache) =>
      g.op("Unsqueeze", [g.gather(cache, at), g.constant([1], "int64")]),
    );
    const y = rotateHalves(g, heads, angles[0]!, angles[1]!, turned, interleaved === 1);
    return [isFlat ? mergeHeads(g, y) : y];
  },
});
