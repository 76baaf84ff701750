import { defineOp, float, int } from "../define-op.ts";
import { inferProduct } from "../infer-product.ts";
import { matrixProduct } from "../matrix-product.ts";

export const fusedMatMul = defineOp({
  name: "FusedMatMul",
  domain: "com.microsoft",
  attributes: { alpha: float(1), transA: int(0), transB: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [a, b], attributes: { transA, transB } }) => [
    inferProduct("FusedMatMul", a!, b!, transA === 1, transB === 1),
  ],
  // Y = α op(A) op(B): dop(A) = α dY op(B)ᵀ, dop(B) = α op(A)ᵀ dY, each transposed back by swapping the operands
  gradient({ g, inputs: [a, b], upstream: [dy], attributes: { alpha, transA, transB }, wants }) {
    const [ta, tb] = [transA === 1, transB === 1];
    const dA = () =>
      ta
        ? matrixProduct(g, b!, dy!, { transA: tb, transB: true, alpha })
        : matrixProduct(g, dy!, b!, { transB: !tb, alpha });
    const dB = () =>
      tb
        ? matrixProduct(g, dy!, a!, { transA: true, transB: ta, alpha })
        : matrixProduct(g, a!, dy!, { transA: !ta, alpha });
    return [wants(0) ? dA() : undefined, wants(1) ? dB() : undefined];
  },
});
