import type { GraphBuilder, Value } from "./graph-builder.ts";

export interface Transposed {
  readonly transA?: boolean;
  readonly transB?: boolean;
  readonly alpha?: number;
}

/** A product with the last two axes of either operand read transposed: one fused operator in float32, where the runtime has one. */
export function matrixProduct(
  g: GraphBuilder,
  a: Value,
  b: Value,
  { transA = false, transB = false, alpha = 1 }: Transposed = {},
): Value {
  if (!transA && !transB && alpha === 1) return g.matMul(a, b);
  if (a.dtype === "float32") {
    return g.op(
      "FusedMatMul",
      [a, b],
      { transA: Number(transA), transB: Number(transB), alpha },
      { domain: "com.microsoft" },
    );
  }
  const product = g.matMul(transA ? swapLast(g, a) : a, transB ? swapLast(g, b) : b);
  return alpha === 1 ? product : g.mul(product, alpha);
}

function swapLast(g: GraphBuilder, x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  return g.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}
