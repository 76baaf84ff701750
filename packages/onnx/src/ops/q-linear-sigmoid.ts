import { defineOp } from "../define-op.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";

export const qLinearSigmoid = defineOp({
  name: "QLinearSigmoid",
  domain: "com.microsoft",
  attributes: {},
  inputs: [4, 5],
  isQuantized: true,
  infer: ({ inputs: [x] }) => [{ dtype: x!.dtype, shape: x!.shape }],
  decompose({ g, inputs: [x, xScale, xZero, scale, zero] }) {
    const y = g.sigmoid(realOf(g, x!, xScale!, xZero));
    return [wholeOf(g, y, scale!, zero ?? g.constant(0, x!.dtype as "uint8"))];
  },
});
