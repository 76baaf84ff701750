import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";

export const qLinearMatMul = defineOp({
  name: "QLinearMatMul",
  attributes: {},
  inputs: [8, 8],
  isQuantized: true,
  infer: ({ inputs: [a, , , b, , , , zeroPoint] }) => [
    { dtype: zeroPoint!.dtype, shape: inferProduct("QLinearMatMul", a!, b!).shape },
  ],
  decompose({ g, inputs: [a, aScale, aZero, b, bScale, bZero, scale, zero] }) {
    const product = g.matMul(realOf(g, a!, aScale!, aZero, -2), realOf(g, b!, bScale!, bZero, -1));
    return [wholeOf(g, product, scale!, zero!)];
  },
});
