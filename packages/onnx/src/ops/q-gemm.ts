import { defineOp, float, int } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";

export const qGemm = defineOp({
  name: "QGemm",
  domain: "com.microsoft",
  attributes: { alpha: float(1), transA: int(0), transB: int(0) },
  inputs: [6, 9],
  isQuantized: true,
  infer: ({ inputs: [a, , , b, , , , , zero], attributes: { transA, transB } }) => [
    { dtype: zero?.dtype ?? "float32", shape: inferProduct("QGemm", a!, b!, transA === 1, transB === 1).shape },
  ],
  // The bias counts in steps of alpha times both scales.
  decompose({ g, inputs: [a, aScale, aZero, b, bScale, bZero, bias, scale, zero], attributes: { alpha, ...swaps } }) {
    const step = g.mul(g.mul(aScale!, bScale!), alpha);
    const operands = [
      realOf(g, a!, aScale!, aZero),
      realOf(g, b!, bScale!, bZero, swaps.transB === 1 ? 0 : 1),
      bias && g.mul(g.cast(bias, "float32"), step),
    ];
    const y = g.op("Gemm", operands, { alpha, ...swaps });
    return [scale && zero ? wholeOf(g, y, scale, zero) : y];
  },
});
