import type { GraphBuilder, Value } from "@athanor/onnx";

/** What to multiply gradients by so that their joint Euclidean norm is at most `limit`. */
export function gradientScale(g: GraphBuilder, gradients: readonly Value[], limit: number): Value {
  const squares = gradients.map((value) => g.reduceSum(g.mul(value, value)));
  const norm = g.sqrt(squares.reduce((total, square) => g.add(total, square)));
  return g.min(g.div(limit, g.add(norm, 1e-6)), 1);
}
