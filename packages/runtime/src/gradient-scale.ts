import type { GraphBuilder, Value } from "@athanor/onnx";

/** What gradients are, where they are not simply the values given. */
export interface GradientScaleOptions {
  /** How many gradients each value is the sum of; their mean is what counts. */
  readonly count?: number;
  /** Squares of further gradients, summed. */
  readonly squares?: Value | undefined;
}

/** What to multiply mean gradients by so that their joint Euclidean norm is at most `limit`. */
export function gradientScale(
  g: GraphBuilder,
  gradients: readonly Value[],
  limit: number,
  { count = 1, squares }: GradientScaleOptions = {},
): Value {
  const all = [...gradients.map((value) => g.reduceSum(g.mul(value, value))), ...(squares ? [squares] : [])];
  const norm = g.sqrt(all.reduce((total, square) => g.add(total, square)));
  return g.min(g.div(limit, g.add(count === 1 ? norm : g.div(norm, count), 1e-6)), 1);
}
