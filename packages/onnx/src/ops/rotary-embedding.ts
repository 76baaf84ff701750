import { mergeHeads, splitHeads } from "../attention/attention-heads.ts";
import { rotateHalves } from "../attention/rotate-halves.ts";
import { defineOp, int } from "../define-op.ts";

export const rotaryEmbedding = defineOp({
  name: "RotaryEmbedding",
  since: 23,
  attributes: { interleaved: int(0), num_heads: int(0), rotary_embedding_dim: int(0) },
  inputs: [3, 4],
  infer: ({ inputs: [x] }) => [x!],
  decompose({ g, inputs: [x, cosines, sines, places], attributes }) {
    const { interleaved, num_heads, rotary_embedding_dim } = attributes;
    const isFlat = x!.shape.length === 3;
    const heads = isFlat ? splitHeads(g, x!, num_heads) : x!;
    // Angles of every step, beside an axis for the heads.
    const angles = [cosines!, sines!].map((cache) =>
      g.op("Unsqueeze", [places ? g.gather(cache, places) : cache, g.constant([1], "int64")]),
    );
    const turned = rotary_embedding_dim || Number(heads.shape[3]);
    const y = rotateHalves(g, heads, angles[0]!, angles[1]!, turned, interleaved === 1);
    return [isFlat ? mergeHeads(g, y) : y];
  },
});
