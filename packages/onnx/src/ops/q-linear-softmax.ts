import { defineOp, int } from "../define-op.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";

export const qLinearSoftmax = defineOp({
  name: "QLinearSoftmax",
  domain: "com.microsoft",
  attributes: { axis: int(-1), opset: int(13) },
  inputs: [5, 5],
  isQuantized: true,
  infer: ({ inputs: [x] }) => [{ dtype: x!.dtype, shape: x!.shape }],
  decompose({ g, inputs: [x, xScale, xZero, scale, zero], attributes: { axis } }) {
    const y = g.softmax(realOf(g, x!, xScale!, xZero), axis);
    return [wholeOf(g, y, scale!, zero ?? g.constant(0, x!.dtype as "uint8"))];
  },
});
