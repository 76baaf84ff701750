import type { GraphBuilder, Value } from "@athanor/onnx";

/** Scales gradients so that their joint Euclidean norm is at most `limit`. */
export function clipByNorm(g: GraphBuilder, gradients: readonly Value[], limit: number): readonly Value[] {
  const squares = gradients.map((value) => g.reduceSum(g.mul(value, value)));
  const norm = g.sqrt(squares.reduce((total, square) => g.add(total, square)));
  const scale = g.min(g.div(limit, g.add(norm, 1e-6)), 1);
  return gradients.map((value) => g.mul(value, scale));
}
