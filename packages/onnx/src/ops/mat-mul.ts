import { defineOp } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { matrixProduct } from "../rules/matrix-product.ts";

export const matMul = defineOp({
  name: "MatMul",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs: [a, b] }) => [inferProduct("MatMul", a!, b!)],
  // dA = dY Bᵀ, dB = Aᵀ dY
  gradient({ g, inputs: [a, b], upstream: [dy], wants }) {
    if (a!.shape.length < 2 || b!.shape.length < 2) return vectorGradients(g, a!, b!, dy!, wants);
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

/** A vector is a row on the left and a column on the right: the same products, with its missing axis put in and taken out. */
function vectorGradients(
  g: GraphBuilder,
  a: Value,
  b: Value,
  dy: Value,
  wants: (input: number) => boolean,
): readonly (Value | undefined)[] {
  const widened = (value: Value, axes: readonly number[]) =>
    axes.length === 0 ? value : g.op("Unsqueeze", [value, g.constant(axes, "int64")]);
  const isRow = a.shape.length === 1;
  const isColumn = b.shape.length === 1;
  const [row, column] = [widened(a, isRow ? [0] : []), widened(b, isColumn ? [1] : [])];
  const outer = isRow && isColumn ? [0, 1] : isRow ? [-2] : [-1];
  const product = widened(dy, outer);
  // The walk sums over the row's own axis, which is in front of the vector's.
  const dA = wants(0) ? matrixProduct(g, product, column, { transB: true }) : undefined;
  const dB = wants(1) ? matrixProduct(g, row, product, { transA: true }) : undefined;
  return [dA, dB && isColumn ? g.op("Squeeze", [dB, g.constant([-1], "int64")]) : dB];
}
