import { integersOf } from "../constant-tensor.ts";
import { defineOp, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { addAlongAxis } from "../rules/add-along-axis.ts";
import { addAtPlaces, placesOf } from "../rules/add-at-places.ts";
import { reshapeLike } from "../rules/reshape-like.ts";
import { axisOf, knownSize } from "../shapes.ts";

type Mode = "constant" | "reflect" | "edge" | "wrap";
interface Margin {
  readonly before: number;
  readonly after: number;
}

export const pad = defineOp({
  name: "Pad",
  attributes: { mode: string<Mode>("constant") },
  inputs: [2, 4],
  infer({ inputs: [x, , , given], constant }) {
    const { dtype, shape } = x!;
    const [pads, axes] = [constant(1), constant(3)];
    if (shape === undefined) return [{ dtype, shape }];
    if (pads === undefined || (given && axes === undefined)) {
      const padded = given ? axes && integersOf(axes).map((axis) => axisOf("Pad", axis, x!)) : undefined;
      return [
        { dtype, shape: shape.map((length, axis) => (padded?.includes(axis) === false ? length : `padded_${axis}`)) },
      ];
    }
    const margins = marginsOf(x!, integersOf(pads), axes && integersOf(axes));
    const lengths = shape.map((length, axis) => {
      const { before, after } = margins[axis]!;
      if (before === 0 && after === 0) return length;
      return typeof length === "number" ? length + before + after : `${length}+${before + after}`;
    });
    return [{ dtype, shape: lengths }];
  },
  // dx is dy without its margins, to which the modes that repeat elements add what these got
  gradient({ g, inputs: [x, pads, , axes], upstream: [dy], attributes: { mode }, constant, wants }) {
    const [known, chosen] = [constant(1), constant(3)];
    const margins = known && !(axes && !chosen) && marginsOf(x!, integersOf(known), chosen && integersOf(chosen));
    if (mode !== "constant") {
      if (margins && knownSize(x!.shape) !== undefined) return [folded(g, x!, dy!, margins, mode as Mode)];
      return [addAtPlaces(g, dy!, g.op("Pad", [placesOf(g, x!), pads, undefined, axes], { mode }), x!)];
    }
    const cut = margins && [...margins.map(({ before }) => -before), ...margins.map(({ after }) => -after)];
    const dx = cut
      ? g.op("Pad", [dy, g.constant(cut, "int64")])
      : reshapeLike(g, g.op("Pad", [dy, g.neg(pads!), undefined, axes]), x!);
    return [dx, undefined, wants(2) ? g.sub(g.reduceSum(dy!), g.reduceSum(dx)) : undefined];
  },
});

function marginsOf(
  x: Pick<Value, "dtype"> & { readonly shape: Value["shape"] | undefined },
  pads: readonly number[],
  axes: readonly number[] | undefined,
): readonly Margin[] {
  const margins = x.shape!.map(() => ({ before: 0, after: 0 }));
  const padded = axes ?? margins.map((_, axis) => axis);
  for (const [i, axis] of padded.entries())
    margins[axisOf("Pad", axis, x)] = { before: pads[i]!, after: pads[i + padded.length]! };
  return margins;
}

/** Axis by axis, adds each element's gradient to the one that it repeats. */
function folded(g: GraphBuilder, x: Value, dy: Value, margins: readonly Margin[], mode: Mode): Value {
  const shape = x.shape as readonly number[];
  return margins.reduce((value, { before, after }, axis) => {
    if (before === 0 && after === 0) return value;
    const length = shape[axis]!;
    const sources = Array.from({ length: length + before + after }, (_, i) => sourceOf[mode](i - before, length));
    const lengths = (value.shape as readonly number[]).with(axis, length);
    return addAlongAxis(g, value, { axis, indices: g.constant(sources, "int64"), shape: lengths });
  }, dy);
}

/** Which element a place in a margin repeats. */
const sourceOf: Readonly<Record<Mode, (place: number, length: number) => number>> = {
  constant: (place) => place,
  edge: (place, length) => Math.min(Math.max(place, 0), length - 1),
  reflect(place, length) {
    if (length === 1) return 0;
    const period = 2 * (length - 1);
    const inside = ((place % period) + period) % period;
    return inside < length ? inside : period - inside;
  },
  wrap: (place, length) => ((place % length) + length) % length,
};
