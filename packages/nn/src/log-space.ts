import type { GraphBuilder, Value } from "@athanor/onnx";

/** The logarithm of what cannot be: finite, so that its gradient is. */
export const impossible = -1e30;

/** log Σ exp over an axis, which is gone then. */
export const logSumExp = (g: GraphBuilder, x: Value, axis: number): Value =>
  g.op("ReduceLogSumExp", [x, g.constant([axis], "int64")], { keepdims: 0 });

/** Where each row of a batch starts: at the first of so many states for sure, as logarithms `[batch, states]`. */
export function startAtFirst(g: GraphBuilder, like: Value): Value {
  const states = Number(like.shape.at(-1));
  // Multiplied by zero, so that the batch axis may be of any length.
  return g.add(g.mul(like, 0), g.constant(Array.from({ length: states }, (_, i) => (i === 0 ? 0 : impossible))));
}
