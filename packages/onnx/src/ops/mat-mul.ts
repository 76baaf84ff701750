import { defineOp } from "../define-op.ts";
import { inferProduct } from "../infer-product.ts";
import { matrixProduct } from "../matrix-product.ts";
import { shapeError } from "../shapes.ts";

export const matMul = defineOp({
  name: "MatMul",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs: [a, b] }) => [inferProduct("MatMul", a!, b!)],
  // dA = dY Bᵀ, dB = Aᵀ dY
  gradient({ g, inputs: [a, b], upstream: [dy], wants }) {
    if (a!.shape.length < 2 || b!.shape.length < 2)
      throw shapeError("MatMul", "operands of at least two axes for a gradient", a, b);
    const dA = wants(0) ? matrixProduct(g, dy!, b!, { transB: true }) : undefined;
    if (!wants(1)) return [dA, undefined];
    const isStacked =
      a!.shape.length > 2 && b!.shape.length === 2 && a!.shape.every((length) => typeof length === "number");
    if (!isStacked) return [dA, matrixProduct(g, a!, dy!, { transA: true })];
    // One weight for a stack of matrices: a single product over all rows instead of a sum over the stack.
    const rows = (a!.shape as readonly number[]).slice(0, -1).reduce((product, length) => product * length, 1);
    return [
      dA,
      matrixProduct(g, g.reshape(a!, [rows, a!.shape.at(-1)!]), g.reshape(dy!, [rows, dy!.shape.at(-1)!]), {
        transA: true,
      }),
    ];
  },
});
