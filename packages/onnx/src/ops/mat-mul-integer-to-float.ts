import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { realOf } from "../rules/real-of.ts";

export const matMulIntegerToFloat = defineOp({
  name: "MatMulIntegerToFloat",
  domain: "com.microsoft",
  attributes: {},
  inputs: [4, 7],
  infer: ({ inputs: [a, b, scale] }) => [
    { dtype: scale!.dtype, shape: inferProduct("MatMulIntegerToFloat", a!, b!).shape },
  ],
  decompose({ g, inputs: [a, b, aScale, bScale, aZero, bZero, bias] }) {
    const product = g.matMul(realOf(g, a!, aScale!, aZero), realOf(g, b!, bScale!, bZero, -1));
    return [bias ? g.add(product, bias) : product];
  },
});
