import { defineOp, int, string } from "../define-op.ts";
import { axisOf, staticShape } from "../shapes.ts";

export const tensorScatter = defineOp({
  name: "TensorScatter",
  since: 24,
  attributes: { axis: int(-2), mode: string<"linear" | "circular">("linear") },
  inputs: [2, 3],
  infer: ({ inputs: [cache] }) => [cache!],
  // Each sequence's updates go to its cache from its own place on, or around its end.
  decompose({ g, inputs: [cache, update, first], attributes: { axis: given, mode } }) {
    const axis = axisOf("TensorScatter", given, cache!);
    const shape = staticShape("TensorScatter", update!);
    const alone = (of: number) => shape.map((length, i) => (i === of ? length : 1));
    const steps = g.reshape(g.constant([...Array(shape[axis]).keys()], "int64"), alone(axis));
    const places = first ? g.add(g.reshape(first, alone(0)), steps) : steps;
    const length = staticShape("TensorScatter", cache!)[axis]!;
    const around = mode === "circular" ? g.op("Mod", [places, g.constant(length, "int64")]) : places;
    const indices = g.op("Expand", [around, g.constant(shape, "int64")]);
    return [g.op("ScatterElements", [cache, indices, update], { axis })];
  },
});
