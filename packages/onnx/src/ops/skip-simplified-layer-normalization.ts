import { defineOp, float } from "../define-op.ts";

export const skipSimplifiedLayerNormalization = defineOp({
  name: "SkipSimplifiedLayerNormalization",
  domain: "com.microsoft",
  attributes: { epsilon: float(1e-5) },
  inputs: [3, 4],
  infer({ inputs: [x], outputCount }) {
    const statistics = { dtype: x!.dtype, shape: x!.shape?.with(-1, 1) };
    return [x!, statistics, statistics, x!].slice(0, outputCount);
  },
  decompose({ g, inputs: [x, skip, scale, bias], attributes: { epsilon } }) {
    const added = g.add(x!, skip!);
    const sum = bias ? g.add(added, bias) : added;
    return [g.op("RMSNormalization", [sum, scale], { epsilon }), undefined, undefined, sum];
  },
});
