import { Tensor } from "@athanor/core";
import { stopGradient } from "../autodiff/stop-gradient.ts";
import { integersOf } from "../constant-tensor.ts";
import { type AttributeValues, defineOp, float, int, optional, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim, ValueType } from "../model.ts";
import { alongAxis } from "../rules/along-axis.ts";
import { outsideOf, resampleMatrix } from "../rules/resample.ts";
import { resampleAtRun } from "../rules/resample-at-run.ts";
import { axisOf, shapeError, staticShape } from "../shapes.ts";

const attributeSpec = {
  antialias: int(0),
  axes: optional.ints,
  coordinate_transformation_mode: string("half_pixel"),
  cubic_coeff_a: float(-0.75),
  exclude_outside: int(0),
  extrapolation_value: float(0),
  keep_aspect_ratio_policy: string<"stretch" | "not_larger" | "not_smaller">("stretch"),
  mode: string<"nearest" | "linear" | "cubic">("nearest"),
  nearest_mode: string("round_prefer_floor"),
} as const;

export const resize = defineOp({
  name: "Resize",
  attributes: attributeSpec,
  inputs: [1, 4],
  infer: ({ inputs: [x], attributes, constant }) => [
    {
      dtype: x!.dtype,
      shape: x!.shape && (extentsOf(x!, attributes, constant)?.map(({ to }) => to) ?? openExtents(x!, attributes.axes)),
    },
  ],
  // Each axis is resized by its own small matrix.
  decompose({ g, inputs, outputs: [y], attributes, constant }) {
    const [x] = inputs;
    const extents = extentsOf(x!, attributes, constant);
    if (extents === undefined) return [resizedAtRun(g, inputs, y!, attributes)];
    const roi = constant(1);
    const coordinates = attributes.coordinate_transformation_mode;
    if (coordinates === "tf_crop_and_resize" && roi === undefined)
      throw shapeError("Resize", "a box that is a constant for a gradient", x);
    const region = regionOf(x!, attributes.axes, roi?.size ? Array.from(roi.data as Float32Array) : undefined);
    const resampled = extents.map(({ to, scale }, axis) => {
      const from = x!.shape[axis]!;
      if (scale === 1 && from === to && coordinates !== "tf_crop_and_resize") return undefined;
      const [length] = staticShape("Resize", { dtype: x!.dtype, shape: [from] });
      return {
        from: length!,
        to: to as number,
        scale,
        mode: attributes.mode,
        coordinates,
        nearest: attributes.nearest_mode,
        cubic: attributes.cubic_coeff_a,
        excludesOutside: attributes.exclude_outside === 1,
        antialias: attributes.antialias === 1,
        region: region[axis],
      };
    });
    const resized = resampled.reduce(
      (value, along, axis) => (along ? alongAxis(g, value, axis, resampleMatrix(along)) : value),
      x!,
    );
    if (coordinates !== "tf_crop_and_resize") return [resized === x ? g.identity(x) : resized];
    const outside = resampled.map((along, axis) => {
      const flags = Float32Array.from(outsideOf(along!), Number);
      const shape = extents.map((_, i) => (i === axis ? flags.length : 1));
      return g.cast(g.constant(new Tensor("float32", flags, shape)), "bool");
    });
    const isOutside = outside.reduce((any, along) => g.op("Or", [any, along]));
    const filler = g.constant(attributes.extrapolation_value, x!.dtype as "float32");
    return [g.where(isOutside, filler, resized)];
  },
});

/** The lengths where only the run tells them. */
const openExtents = (x: ValueType, axes: readonly number[] | undefined): readonly Dim[] => {
  const places = axes?.map((axis) => axisOf("Resize", axis, x)) ?? [...x.shape!.keys()];
  return x.shape!.map((length, axis) => (places.includes(axis) ? `resized_${axis}` : length));
};

/** The same by matrices that the run makes, an axis at a time as the last one. */
function resizedAtRun(
  g: GraphBuilder,
  [x, , scales, sizes]: readonly (Value | undefined)[],
  y: Value,
  attributes: AttributeValues<typeof attributeSpec>,
): Value {
  const { axes, antialias, keep_aspect_ratio_policy: policy } = attributes;
  if (antialias === 1) throw shapeError("Resize", "constant scales or sizes against aliasing", x);
  const places = axes?.map((axis) => axisOf("Resize", axis, x!)) ?? [...x!.shape.keys()];
  const lengths = g.constant(places.map((axis) => staticLength(x!, axis)));
  const order = [...x!.shape.keys()];
  const stretched = () => {
    const ratios = g.div(g.cast(sizes!, "float32"), lengths);
    if (policy === "stretch") return ratios;
    return g.op(policy === "not_larger" ? "ReduceMin" : "ReduceMax", [ratios], { keepdims: 1 });
  };
  const given = sizes ? stretched() : stopGradient(g, g.cast(scales!, "float32"));
  const factors = g.mul(given, g.constant(places.map(() => 1)));
  const exact = g.mul(lengths, factors);
  const rounded = policy === "stretch" ? exact : g.add(exact, 0.5);
  const targets = sizes && policy === "stretch" ? sizes : g.cast(g.op("Floor", [rounded]), "int64");
  return places.reduce((value, axis, i) => {
    if (sizes && y.shape[axis] === x!.shape[axis]) return value;
    const at = g.constant(i, "int64");
    const matrix = resampleAtRun(g, {
      from: staticLength(x!, axis),
      to: g.gather(targets, at),
      scale: g.gather(factors, at),
      mode: attributes.mode,
      coordinates: attributes.coordinate_transformation_mode,
      nearest: attributes.nearest_mode,
      cubic: attributes.cubic_coeff_a,
      excludesOutside: attributes.exclude_outside === 1,
    });
    const last = order.with(axis, order.length - 1).with(-1, axis);
    const swapped = (operand: Value) => (axis === order.length - 1 ? operand : g.transpose(operand, last));
    return swapped(g.matMul(swapped(value), g.cast(matrix, value.dtype)));
  }, x!);
}

const staticLength = (x: Value, axis: number): number =>
  staticShape("Resize", { dtype: x.dtype, shape: [x.shape[axis]!] })[0]!;

/** The region of each axis that is cut out: the whole of those that are not named. */
function regionOf(
  x: ValueType,
  axes: readonly number[] | undefined,
  roi: readonly number[] | undefined,
): readonly (readonly [number, number])[] {
  const places = axes?.map((axis) => axisOf("Resize", axis, x)) ?? x.shape!.map((_, axis) => axis);
  return x.shape!.map((_, axis) => {
    const i = places.indexOf(axis);
    return roi === undefined || i < 0 ? [0, 1] : [roi[i]!, roi[i + places.length]!];
  });
}

interface Extent {
  readonly to: Dim;
  readonly scale: number;
}

/** The new length of each axis and how it is stretched; `undefined` when the model computes them. */
function extentsOf(
  x: ValueType,
  { axes, keep_aspect_ratio_policy: policy }: AttributeValues<typeof attributeSpec>,
  constant: (input: number) => Tensor | undefined,
): readonly Extent[] | undefined {
  const [scales, sizes] = [constant(2), constant(3)];
  const given = sizes?.size ? integersOf(sizes) : scales?.size ? Array.from(scales.data as Float32Array) : undefined;
  if (given === undefined) return undefined;
  const places = axes?.map((axis) => axisOf("Resize", axis, x)) ?? given.map((_, axis) => axis);
  const extents = x.shape!.map((length): Extent => ({ to: length, scale: 1 }));
  if (!sizes?.size) {
    for (const [i, axis] of places.entries()) extents[axis] = stretched(x.shape![axis]!, given[i]!);
    return extents;
  }
  const ratios = places.map((axis, i) => given[i]! / Number(x.shape![axis]));
  const kept = policy === "not_larger" ? Math.min(...ratios) : Math.max(...ratios);
  for (const [i, axis] of places.entries()) {
    const length = Number(x.shape![axis]);
    const to = policy === "stretch" ? given[i]! : Math.floor(kept * length + 0.5);
    extents[axis] = { to, scale: policy === "stretch" ? to / length : kept };
  }
  return extents;
}

function stretched(length: Dim, scale: number): Extent {
  if (typeof length === "string") return { to: scale === 1 ? length : `${length}_resized`, scale };
  // The runtime multiplies in single precision.
  return { to: Math.floor(Math.fround(length * scale)), scale };
}
