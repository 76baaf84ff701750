import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { scatterSum } from "./scatter-sum.ts";
import { zeros } from "./zeros.ts";

export interface AlongAxis {
  readonly axis: number;
  /** Where each slice goes, `[slices]` of int64. */
  readonly indices: Value;
  /** Shape of the result. */
  readonly shape: readonly number[];
}

/** Adds the slices of a value along one axis into zeros: the adjoint of taking them from there. */
export function addAlongAxis(g: GraphBuilder, slices: Value, { axis, indices, shape }: AlongAxis): Value {
  const rows = g.op("Unsqueeze", [indices, g.constant([-1], "int64")]);
  const order = [...shape.keys()];
  const front = [axis, ...order.filter((i) => i !== axis)];
  const target = zeros(
    g,
    front.map((i) => shape[i]!),
    slices.dtype,
  );
  const moved = axis === 0 ? slices : g.transpose(slices, front);
  const sums = scatterSum(g, { target, indices: rows, updates: moved });
  if (axis === 0) return sums;
  return g.transpose(
    sums,
    order.map((i) => front.indexOf(i)),
  );
}
