import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { knownSize } from "../shapes.ts";
import { zeros } from "./zeros.ts";

/** Zeros of a value's type and shape, which may be known only when the graph runs. */
export function zerosLike(g: GraphBuilder, value: Value): Value {
  const { shape, dtype } = value;
  if (knownSize(shape) !== undefined) return zeros(g, shape as readonly number[], dtype);
  // Not a product with zero, which not every number makes zero.
  return g.where(g.constant(0, "bool"), value, g.constant(0, dtype as "float32"));
}
