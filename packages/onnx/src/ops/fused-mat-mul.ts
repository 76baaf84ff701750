import { defineOp, float, int } from "../define-op.ts";
import { inferProduct } from "../infer-product.ts";
import { leftGradient, rightGradient } from "../matrix-product.ts";

export const fusedMatMul = defineOp({
  name: "FusedMatMul",
  domain: "com.microsoft",
  attributes: { alpha: float(1), transA: int(0), transB: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [a, b], attributes: { transA, transB } }) => [
    inferProduct("FusedMatMul", a!, b!, transA === 1, transB === 1),
  ],
  // Y = α op(A) op(B)
  gradient({ g, inputs: [a, b], upstream: [dy], attributes: { alpha, transA, transB }, wants }) {
    const operands = { a: a!, b: b!, dy: dy!, transA: transA === 1, transB: transB === 1, alpha };
    return [wants(0) ? leftGradient(g, operands) : undefined, wants(1) ? rightGradient(g, operands) : undefined];
  },
});
