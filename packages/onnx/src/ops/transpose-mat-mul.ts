import { defineOp } from "../define-op.ts";
import { fusedProductAttributes, fusedProductGradient, inferFusedProduct } from "../rules/fused-product.ts";

/** The former name of FusedMatMul, found in older models. */
export const transposeMatMul = defineOp({
  name: "TransposeMatMul",
  domain: "com.microsoft",
  attributes: fusedProductAttributes,
  inputs: [2, 2],
  infer: (context) => inferFusedProduct("TransposeMatMul", context),
  gradient: fusedProductGradient,
});
