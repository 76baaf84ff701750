import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

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
  return plainProduct(g, a, b, { transA, transB, alpha });
}

/** The same in standard operators. */
export function plainProduct(g: GraphBuilder, a: Value, b: Value, it: Required<Transposed>): Value {
  const { transA, transB, alpha } = it;
  if (a.shape.length === 2 && b.shape.length === 2)
    return g.op("Gemm", [a, b], { transA: Number(transA), transB: Number(transB), alpha });
  const product = g.matMul(transA ? swapLast(g, a) : a, transB ? swapLast(g, b) : b);
  return alpha === 1 ? product : g.mul(product, alpha);
}

export interface ProductOperands {
  readonly a: Value;
  readonly b: Value;
  readonly dy: Value;
  readonly transA: boolean;
  readonly transB: boolean;
  readonly alpha: number;
}

/** d op(A) = α dY op(B)ᵀ; read transposed, A gets it transposed, which swapping the operands gives. */
export const leftGradient = (g: GraphBuilder, { b, dy, transA, transB, alpha }: ProductOperands): Value =>
  transA
    ? matrixProduct(g, b, dy, { transA: transB, transB: true, alpha })
    : matrixProduct(g, dy, b, { transB: !transB, alpha });

/** d op(B) = α op(A)ᵀ dY, transposed for B in the same way. */
export const rightGradient = (g: GraphBuilder, { a, dy, transA, transB, alpha }: ProductOperands): Value =>
  transB
    ? matrixProduct(g, dy, a, { transA: true, transB: transA, alpha })
    : matrixProduct(g, a, dy, { transA: !transA, alpha });

function swapLast(g: GraphBuilder, x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  return g.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}
