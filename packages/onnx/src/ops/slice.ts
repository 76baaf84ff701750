import type { Tensor } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim, ValueType } from "../model.ts";
import { addAlongAxis } from "../rules/add-along-axis.ts";
import { scatterSum } from "../rules/scatter-sum.ts";
import { zeros } from "../rules/zeros.ts";
import { staticShape } from "../shapes.ts";

/** From here on an end is one that exporters write for "to the last": some the largest number, some a thousand millions. */
const beyond = 1e9;

/** Where a slice starts and how many steps it takes on each axis. */
function rangesOf(
  shape: readonly Dim[],
  constant: (input: number) => Tensor | undefined,
): readonly { start: number; step: number; count: Dim }[] | undefined {
  const [starts, ends] = [constant(1), constant(2)];
  if (starts === undefined || ends === undefined) return undefined;
  const axes = constant(3) ? integersOf(constant(3)!) : integersOf(starts).map((_, axis) => axis);
  const steps = constant(4) ? integersOf(constant(4)!) : axes.map(() => 1);
  const ranges = shape.map((length) => ({ start: 0, step: 1, count: length }));
  for (const [i, given] of axes.entries()) {
    const axis = given < 0 ? given + shape.length : given;
    const length = shape[axis]!;
    const step = steps[i]!;
    const [start, end] = [integersOf(starts)[i]!, integersOf(ends)[i]!];
    if (typeof length === "string") {
      const isWhole = start === 0 && step === 1 && end >= beyond;
      ranges[axis] = {
        start,
        step,
        count: isWhole
          ? length
          : start >= 0 && end > start && end < beyond
            ? Math.ceil((end - start) / step)
            : `${length}_slice`,
      };
      continue;
    }
    const clamp = (at: number, low: number, high: number) => Math.min(Math.max(at < 0 ? at + length : at, low), high);
    const from = step > 0 ? clamp(start, 0, length) : clamp(start, 0, length - 1);
    const to = step > 0 ? clamp(end, 0, length) : end < -length ? -1 : clamp(end, -1, length - 1);
    ranges[axis] = { start: from, step, count: Math.max(0, Math.ceil((to - from) / step)) };
  }
  return ranges;
}

/** The shape where only the run tells the bounds: lengths stay on the axes that are not cut. */
function openShape(
  shape: readonly Dim[] | undefined,
  starts: ValueType,
  axes: Tensor | undefined,
): readonly Dim[] | undefined {
  const count = starts.shape?.[0];
  if (shape === undefined || (axes === undefined && typeof count !== "number")) return undefined;
  const given = axes ? integersOf(axes) : Array.from({ length: count as number }, (_, axis) => axis);
  const cut = new Set(given.map((axis) => (axis < 0 ? axis + shape.length : axis)));
  return shape.map((length, axis) => (cut.has(axis) ? `slice_${axis}` : length));
}

/** Cuts the places of the elements in the same way, and adds dy into zeros at what comes out. */
function spreadOverCut(g: GraphBuilder, x: Value, bounds: readonly (Value | undefined)[], dy: Value): Value {
  const flat = g.constant([-1], "int64");
  const shape = g.op("Shape", [x]);
  const size = g.op("Size", [x]);
  const all = g.op("Range", [g.constant(0, "int64"), size, g.constant(1, "int64")]);
  const places = g.op("Slice", [g.op("Reshape", [all, shape]), ...bounds]);
  const zeros = g.op("ConstantOfShape", [g.op("Reshape", [size, g.constant([1], "int64")])], {
    value: g.zero(dy.dtype),
  });
  const rows = g.op("Reshape", [places, g.constant([-1, 1], "int64")]);
  const sums = scatterSum(g, { target: zeros, indices: rows, updates: g.op("Reshape", [dy, flat]) });
  return g.op("Reshape", [sums, shape]);
}

export const slice = defineOp({
  name: "Slice",
  attributes: {},
  inputs: [3, 5],
  infer({ inputs: [x, starts], constant }) {
    const counts = x!.shape && rangesOf(x!.shape, constant)?.map(({ count }) => count);
    return [{ dtype: x!.dtype, shape: counts ?? openShape(x!.shape, starts!, constant(3)) }];
  },
  // dy lands where it was cut out of zeros: one Pad when the steps are 1, additions along the axes otherwise.
  gradient({ g, inputs: [x, ...bounds], upstream: [dy], constant }) {
    const ranges = rangesOf(x!.shape, constant);
    if (ranges === undefined) return [spreadOverCut(g, x!, bounds, dy!)];
    const shape = staticShape("Slice", x!);
    if (ranges.some(({ count }) => count === 0)) return [zeros(g, shape, dy!.dtype)];
    if (ranges.every(({ step }) => step === 1)) {
      const before = ranges.map(({ start }) => start);
      const after = ranges.map(({ start, count }, axis) => shape[axis]! - start - Number(count));
      return [g.op("Pad", [dy, g.constant([...before, ...after], "int64")])];
    }
    const whole = ranges.reduce((part, { start, step, count }, axis) => {
      if (start === 0 && step === 1 && count === shape[axis]) return part;
      const places = Array.from({ length: Number(count) }, (_, i) => start + i * step);
      const lengths = (part.shape as readonly number[]).with(axis, shape[axis]!);
      return addAlongAxis(g, part, { axis, indices: g.constant(places, "int64"), shape: lengths });
    }, dy!);
    return [whole];
  },
});
