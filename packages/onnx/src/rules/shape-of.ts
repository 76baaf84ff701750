import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** The lengths of a value as `[rank]` of int64: a constant where they are known, computed by the run where they are not. */
export const shapeOf = (g: GraphBuilder, value: Value): Value =>
  value.shape.every((length) => typeof length === "number")
    ? g.constant(value.shape as readonly number[], "int64")
    : g.op("Shape", [value]);
