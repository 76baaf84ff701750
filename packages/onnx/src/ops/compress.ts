import { defineOp, optional } from "../define-op.ts";
import type { Dim } from "../model.ts";
import { addAlongAxis } from "../rules/add-along-axis.ts";
import { addAtPlaces, placesOf } from "../rules/add-at-places.ts";
import { axisOf, knownSize } from "../shapes.ts";

export const compress = defineOp({
  name: "Compress",
  attributes: { axis: optional.int },
  inputs: [2, 2],
  infer({ inputs: [x], attributes: { axis }, constant }) {
    const { dtype, shape } = x!;
    const kept = constant(1);
    const count: Dim = kept ? Array.from(kept.data as Uint8Array).filter(Boolean).length : "kept";
    if (axis === undefined) return [{ dtype, shape: [count] }];
    return [{ dtype, shape: shape?.with(axisOf("Compress", axis, x!), count) }];
  },
  // dy is put back where it was taken from.
  gradient({ g, inputs: [x, condition], upstream: [dy], attributes: { axis } }) {
    if (knownSize(x!.shape) === undefined)
      return [addAtPlaces(g, dy!, g.op("Compress", [placesOf(g, x!), condition], { axis }), x!)];
    const shape = x!.shape as readonly number[];
    const indices = g.reshape(g.op("NonZero", [condition]), [-1]);
    if (axis !== undefined) return [addAlongAxis(g, dy!, { axis: axisOf("Compress", axis, x!), indices, shape })];
    return [g.reshape(addAlongAxis(g, dy!, { axis: 0, indices, shape: [knownSize(shape)!] }), shape)];
  },
});
