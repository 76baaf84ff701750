import { defineOp, float } from "../define-op.ts";

export const skipLayerNormalization = defineOp({
  name: "SkipLayerNormalization",
  domain: "com.microsoft",
  attributes: { epsilon: float(1e-5) },
  inputs: [3, 5],
  infer({ inputs: [x], outputCount }) {
    const statistics = { dtype: x!.dtype, shape: x!.shape?.with(-1, 1) };
    return [x!, statistics, statistics, x!].slice(0, outputCount);
  },
  decompose({ g, inputs: [x, skip, scale, shift, bias], attributes: { epsilon } }) {
    const added = g.add(x!, skip!);
    const sum = bias ? g.add(added, bias) : added;
    return [g.op("LayerNormalization", [sum, scale, shift], { epsilon }), undefined, undefined, sum];
  },
});
