import type { GraphBuilder, Value } from "@athanor/onnx";

/** The places of one axis from `from` up to `to`. */
export const sliceAxis = (g: GraphBuilder, x: Value, axis: number, from: number, to: number): Value =>
  g.op("Slice", [x, ...[from, to, axis].map((place) => g.constant([place], "int64"))]);
