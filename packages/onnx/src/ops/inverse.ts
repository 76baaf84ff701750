import { defineOp } from "../define-op.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { shapeError } from "../shapes.ts";

export const inverse = defineOp({
  name: "Inverse",
  domain: "com.microsoft",
  attributes: {},
  inputs: [1, 1],
  infer({ inputs: [x] }) {
    if (x!.shape !== undefined && (x!.shape.length < 2 || x!.shape.at(-1) !== x!.shape.at(-2)))
      throw shapeError("Inverse", "square matrices", x);
    return [x!];
  },
  // dX = −Yᵀ dY Yᵀ
  gradient: ({ g, outputs: [y], upstream: [dy] }) => [
    g.neg(matrixProduct(g, matrixProduct(g, y!, dy!, { transA: true }), y!, { transB: true })),
  ],
});
