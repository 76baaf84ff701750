import { defineOp } from "../define-op.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";
import { convAttributes, convShape } from "../windows/conv-shape.ts";

export const qLinearConv = defineOp({
  name: "QLinearConv",
  attributes: convAttributes,
  inputs: [8, 9],
  isQuantized: true,
  infer: ({ inputs: [x, , , w, , , , zeroPoint], attributes }) => [
    { dtype: zeroPoint!.dtype, shape: convShape("QLinearConv", x!, w!, attributes) },
  ],
  decompose({ g, inputs: [x, xScale, xZero, w, wScale, wZero, scale, zero, bias], attributes }) {
    const real = bias && g.mul(g.cast(bias, "float32"), g.mul(xScale!, wScale!));
    const y = g.op("Conv", [realOf(g, x!, xScale!, xZero), realOf(g, w!, wScale!, wZero, 0), real], attributes);
    return [wholeOf(g, y, scale!, zero!)];
  },
});
