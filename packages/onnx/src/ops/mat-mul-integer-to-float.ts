import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";

export const matMulIntegerToFloat = defineOp({
  name: "MatMulIntegerToFloat",
  domain: "com.microsoft",
  attributes: {},
  inputs: [4, 7],
  infer: ({ inputs: [a, b, scale] }) => [
    { dtype: scale!.dtype, shape: inferProduct("MatMulIntegerToFloat", a!, b!).shape },
  ],
});
