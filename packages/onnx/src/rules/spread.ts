import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { staticShape } from "../shapes.ts";
import { zeros } from "./zeros.ts";

/** Repeats a value along its axes of length 1 to the shape of another. */
export function spread(g: GraphBuilder, value: Value, like: Value): Value {
  const shape = staticShape("Expand", like);
  // The runtime's Expand keeps an axis of length 1 where none is wanted.
  if (shape.includes(0)) return zeros(g, shape, value.dtype);
  return g.op("Expand", [value, g.constant(shape, "int64")]);
}
