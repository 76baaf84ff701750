import { defineOp, float, int } from "../define-op.ts";
import { inferProduct } from "../infer-product.ts";
import { matrixProduct } from "../matrix-product.ts";

export const gemm = defineOp({
  name: "Gemm",
  attributes: { alpha: float(1), beta: float(1), transA: int(0), transB: int(0) },
  inputs: [2, 3],
  infer: ({ inputs: [a, b], attributes: { transA, transB } }) => [
    inferProduct("Gemm", a!, b!, transA === 1, transB === 1),
  ],
  // Y = α op(A) op(B) + β C
  gradient({ g, inputs: [a, b], upstream: [dy], attributes: { alpha, beta, transA, transB }, wants }) {
    const [ta, tb] = [transA === 1, transB === 1];
    const dA = () =>
      ta
        ? matrixProduct(g, b!, dy!, { transA: tb, transB: true, alpha })
        : matrixProduct(g, dy!, b!, { transB: !tb, alpha });
    const dB = () =>
      tb
        ? matrixProduct(g, dy!, a!, { transA: true, transB: ta, alpha })
        : matrixProduct(g, a!, dy!, { transA: !ta, alpha });
    return [
      wants(0) ? dA() : undefined,
      wants(1) ? dB() : undefined,
      wants(2) ? (beta === 1 ? dy : g.mul(dy!, beta)) : undefined,
    ];
  },
});
