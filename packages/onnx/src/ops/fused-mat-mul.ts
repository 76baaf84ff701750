import { defineOp } from "../define-op.ts";
import { fusedProductAttributes, fusedProductGradient, inferFusedProduct } from "../rules/fused-product.ts";
import { plainProduct } from "../rules/matrix-product.ts";

export const fusedMatMul = defineOp({
  name: "FusedMatMul",
  domain: "com.microsoft",
  attributes: fusedProductAttributes,
  inputs: [2, 2],
  infer: (context) => inferFusedProduct("FusedMatMul", context),
  onGpu({ g, inputs: [a, b], attributes: { alpha, transA, transB, transBatchA, transBatchB } }) {
    if (transBatchA || transBatchB) return undefined;
    return [plainProduct(g, a!, b!, { transA: transA === 1, transB: transB === 1, alpha })];
  },
  gradient: fusedProductGradient,
});
