import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

export interface ScatterSum {
  /** What the updates are added to. */
  readonly target: Value;
  readonly indices: Value;
  readonly updates: Value;
  /** The axis that the indices count along; without it they are tuples of the first axes. */
  readonly axis?: number;
}

/** Adds updates into a value at indices, in single precision where they are half: the runtime adds no halves in place. */
export function scatterSum(g: GraphBuilder, { target, indices, updates, axis }: ScatterSum): Value {
  // Zeros like whole numbers that carry a gradient are whole.
  const { dtype } = updates;
  const wide = dtype === "float16" ? "float32" : dtype;
  const into = [g.cast(target, wide), indices, g.cast(updates, wide)];
  const sums =
    axis === undefined
      ? g.op("ScatterND", into, { reduction: "add" })
      : g.op("ScatterElements", into, { axis, reduction: "add" });
  return g.cast(sums, dtype);
}
