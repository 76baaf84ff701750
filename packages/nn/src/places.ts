import type { GraphBuilder, Value } from "@athanor/onnx";

/** The numbers of the places along an axis, from 0, whether its length is known or not until a run: int64 `[length]`. */
export function places(g: GraphBuilder, x: Value, axis: number): Value {
  const length = x.shape[axis]!;
  if (typeof length === "number") {
    return g.constant(
      Array.from({ length }, (_, i) => i),
      "int64",
    );
  }
  const scalar = (value: number) => g.reshape(g.constant(value, "int64"), []);
  const end = g.gather(g.op("Shape", [x]), scalar(axis));
  return g.op("Range", [scalar(0), end, scalar(1)]);
}
