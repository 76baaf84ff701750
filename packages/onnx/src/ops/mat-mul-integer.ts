import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { realGradient } from "../rules/real-gradient.ts";

export const matMulInteger = defineOp({
  name: "MatMulInteger",
  attributes: {},
  inputs: [2, 4],
  isQuantized: true,
  infer: ({ inputs: [a, b] }) => [{ dtype: "int32", shape: inferProduct("MatMulInteger", a!, b!).shape }],
  gradient: (context) => realGradient(context, (a, b) => context.g.matMul(a, b)),
});
