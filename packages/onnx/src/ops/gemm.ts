import { defineOp, float, int } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { leftGradient, rightGradient } from "../rules/matrix-product.ts";

export const gemm = defineOp({
  name: "Gemm",
  attributes: { alpha: float(1), beta: float(1), transA: int(0), transB: int(0) },
  inputs: [2, 3],
  infer: ({ inputs: [a, b], attributes: { transA, transB } }) => [
    inferProduct("Gemm", a!, b!, transA === 1, transB === 1),
  ],
  // Y = α op(A) op(B) + β C
  gradient({ g, inputs: [a, b], upstream: [dy], attributes: { alpha, beta, transA, transB }, wants }) {
    const operands = { a: a!, b: b!, dy: dy!, transA: transA === 1, transB: transB === 1, alpha };
    return [
      wants(0) ? leftGradient(g, operands) : undefined,
      wants(1) ? rightGradient(g, operands) : undefined,
      wants(2) ? (beta === 1 ? dy : g.mul(dy!, beta)) : undefined,
    ];
  },
});
