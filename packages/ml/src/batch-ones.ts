import type { GraphBuilder, Value } from "@athanor/onnx";

/** A one for every row of `[batch, features]`, whatever it holds: float64 `[batch, 1]`. */
export function batchOnes(g: GraphBuilder, x: Value): Value {
  const first = g.op("IsNaN", [g.gather(x, g.constant([0], "int64"), 1)]);
  return g.add(g.mul(g.cast(first, "float64"), 0), 1);
}
