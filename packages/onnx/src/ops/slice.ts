import type { Tensor } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import type { Dim, ValueType } from "../model.ts";
import { addAlongAxis } from "../rules/add-along-axis.ts";
import { addAtPlaces, placesOf } from "../rules/add-at-places.ts";
import { zeros } from "../rules/zeros.ts";
import { knownSize } from "../shapes.ts";

/** From here on an end is one that exporters write for "to the last": some the largest number, some a thousand millions. */
const beyond = 1e9;

interface Range {
  readonly start: number;
  readonly step: number;
  readonly count: Dim;
}

/** Where a slice starts and how many steps it takes on each axis. */
function rangesOf(
  shape: readonly Dim[],
  constant: (input: number) => Tensor | undefined,
): readonly Range[] | undefined {
  const [starts, ends] = [constant(1), constant(2)];
  if (starts === undefined || ends === undefined) return undefined;
  const axes = constant(3) ? integersOf(constant(3)!) : integersOf(starts).map((_, axis) => axis);
  const steps = constant(4) ? integersOf(constant(4)!) : axes.map(() => 1);
  const ranges = shape.map((length): Range => ({ start: 0, step: 1, count: length }));
  for (const [i, given] of axes.entries()) {
    const axis = given < 0 ? given + shape.length : given;
    const length = shape[axis]!;
    const step = steps[i]!;
    const [start, end] = [integersOf(starts)[i]!, integersOf(ends)[i]!];
    if (typeof length === "string") {
      const isWhole = start === 0 && step === 1 && end >= beyond;
      // One element is there; of more, the axis may end before.
      const isOne = end === start + 1 && end !== 0;
      ranges[axis] = { start, step, count: isWhole ? length : isOne ? 1 : `${length}_slice` };
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
    const { shape } = x!;
    const ranges = rangesOf(shape, constant);
    const margins = ranges?.map((range, axis) => marginsOf(range, shape[axis]!));
    if (margins?.every((margin) => margin !== undefined)) {
      const isEmpty = ranges!.some(({ count }) => count === 0) && knownSize(shape) !== undefined;
      if (isEmpty) return [zeros(g, shape as readonly number[], dy!.dtype)];
      const pads = [...margins.map(([before]) => before), ...margins.map(([, after]) => after)];
      return [g.op("Pad", [dy, g.constant(pads, "int64")])];
    }
    if (ranges === undefined || knownSize(shape) === undefined)
      return [addAtPlaces(g, dy!, g.op("Slice", [placesOf(g, x!), ...bounds]), x!)];
    const lengths = shape as readonly number[];
    const whole = ranges.reduce((part, { start, step, count }, axis) => {
      if (start === 0 && step === 1 && count === lengths[axis]) return part;
      const places = Array.from({ length: Number(count) }, (_, i) => start + i * step);
      const longer = (part.shape as readonly number[]).with(axis, lengths[axis]!);
      return addAlongAxis(g, part, { axis, indices: g.constant(places, "int64"), shape: longer });
    }, dy!);
    return [whole];
  },
});

/** How much of an axis lies before and after the part that is cut out of it; `undefined` where only the run tells, and for steps. */
function marginsOf({ start, step, count }: Range, length: Dim): readonly [before: number, after: number] | undefined {
  if (step !== 1) return undefined;
  if (count === length) return [0, 0];
  return typeof length === "number" ? [start, length - start - Number(count)] : undefined;
}
