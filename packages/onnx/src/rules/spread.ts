import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { knownSize } from "../shapes.ts";
import { zerosLike } from "./zeros-like.ts";

/** Repeats a value along its axes of length 1 to the shape of another. */
export function spread(g: GraphBuilder, value: Value, like: Value): Value {
  // The runtime's Expand keeps an axis of length 1 where none is wanted.
  if (knownSize(like.shape) === 0) return zerosLike(g, like);
  // A choice keeps the lengths that are known of the other value, which an Expand to a computed shape would not.
  if (knownSize(like.shape) === undefined) return g.where(g.constant(1, "bool"), value, like);
  return g.op("Expand", [value, g.constant(like.shape as readonly number[], "int64")]);
}
