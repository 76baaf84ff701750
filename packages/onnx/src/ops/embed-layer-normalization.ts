import { defineOp, float, int } from "../define-op.ts";

export const embedLayerNormalization = defineOp({
  name: "EmbedLayerNormalization",
  domain: "com.microsoft",
  attributes: { epsilon: float(1e-12), mask_index_type: int(0) },
  inputs: [1, 9],
  infer({ inputs: [ids, , words], outputCount }) {
    const [batch, steps] = ids!.shape ?? [];
    const y = { dtype: words!.dtype, shape: ids!.shape && words!.shape && [batch!, steps!, words!.shape[1]!] };
    return [y, { dtype: "int32" as const, shape: ids!.shape && [batch!] }, y].slice(0, outputCount);
  },
  decompose({ g, inputs, attributes: { epsilon } }) {
    const [ids, segments, words, places, kinds, scale, shift, , at] = inputs;
    const steps = Number(ids!.shape[1]);
    const own =
      at ??
      g.constant(
        Array.from({ length: steps }, (_, i) => i),
        "int64",
      );
    const placed = g.add(g.gather(words!, ids!), g.gather(places!, own));
    const sum = segments && kinds ? g.add(placed, g.gather(kinds, segments)) : placed;
    return [g.op("LayerNormalization", [sum, scale, shift], { epsilon }), undefined, sum];
  },
});
