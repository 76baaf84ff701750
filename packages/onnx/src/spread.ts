import type { GraphBuilder, Value } from "./graph-builder.ts";
import { staticShape } from "./shapes.ts";

/** Repeats a value along its axes of length 1 to the shape of another. */
export const spread = (g: GraphBuilder, value: Value, like: Value): Value =>
  g.op("Expand", [value, g.constant(staticShape("Expand", like), "int64")]);
