import { defineOp, float } from "../define-op.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";

export const qLinearLeakyRelu = defineOp({
  name: "QLinearLeakyRelu",
  domain: "com.microsoft",
  attributes: { alpha: float(0.01) },
  inputs: [4, 5],
  isQuantized: true,
  infer: ({ inputs: [x] }) => [{ dtype: x!.dtype, shape: x!.shape }],
  decompose({ g, inputs: [x, xScale, xZero, scale, zero], attributes: { alpha } }) {
    const y = g.op("LeakyRelu", [realOf(g, x!, xScale!, xZero)], { alpha });
    return [wholeOf(g, y, scale!, zero ?? g.constant(0, x!.dtype as "uint8"))];
  },
});
