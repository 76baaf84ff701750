import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { scatterSum } from "./scatter-sum.ts";

/** Numbers of a value's elements in their order, in the value's shape: what rearranges them tells where each comes from. */
export function placesOf(g: GraphBuilder, value: Value): Value {
  const all = g.op("Range", [g.constant(0, "int64"), g.op("Size", [value]), g.constant(1, "int64")]);
  return g.op("Reshape", [all, g.op("Shape", [value])]);
}

/** Adds a gradient's elements into zeros of a value's shape, each at the place it came from; only the run tells the lengths. */
export function addAtPlaces(g: GraphBuilder, dy: Value, places: Value, like: Value): Value {
  const one = g.constant([1], "int64");
  const target = g.op("ConstantOfShape", [g.op("Reshape", [g.op("Size", [like]), one])], { value: g.zero(dy.dtype) });
  const indices = g.op("Reshape", [places, g.constant([-1, 1], "int64")]);
  const updates = g.op("Reshape", [dy, g.constant([-1], "int64")]);
  return g.op("Reshape", [scatterSum(g, { target, indices, updates }), g.op("Shape", [like])]);
}
