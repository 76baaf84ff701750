import { defineOp } from "../define-op.ts";
import { fusedProductAttributes, fusedProductGradient, inferFusedProduct } from "../rules/fused-product.ts";

export const fusedMatMul = defineOp({
  name: "FusedMatMul",
  domain: "com.microsoft",
  attributes: fusedProductAttributes,
  inputs: [2, 2],
  infer: (context) => inferFusedProduct("FusedMatMul", context),
  gradient: fusedProductGradient,
});
