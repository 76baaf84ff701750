import { AthanorError, type DType, sizeOf } from "@athanor/core";
import type { Dim, ValueType } from "./model.ts";

/** Prints a shape for messages: `[batch, 3]`, `[?]` when unknown. */
export const showShape = (shape: readonly Dim[] | undefined): string =>
  shape === undefined ? "[?]" : `[${shape.join(", ")}]`;

/** A shape error that names the operator, what it wanted and both shapes. */
export const shapeError = (op: string, expected: string, ...got: readonly (ValueType | undefined)[]): AthanorError => {
  const shapes = got.filter((type) => type !== undefined).map(({ shape }) => showShape(shape));
  return new AthanorError("onnx/shape", `${op}: expected ${expected}, got ${shapes.join(" and ")}`, {
    details: { op, shapes },
  });
};

/**
 * The shape that broadcasting gives; a symbolic length is taken to fit any other.
 *
 * @throws `onnx/shape` when the shapes do not fit
 */
export function broadcastShapes(op: string, ...types: readonly ValueType[]): readonly Dim[] | undefined {
  if (types.some(({ shape }) => shape === undefined)) return undefined;
  const rank = Math.max(...types.map(({ shape }) => shape!.length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = types.map(({ shape }) => shape![axis - rank + shape!.length] ?? 1).filter((length) => length !== 1);
    const numbers = lengths.filter((length) => typeof length === "number");
    if (new Set(numbers).size > 1) throw shapeError(op, "shapes that broadcast", ...types);
    return numbers[0] ?? lengths[0] ?? 1;
  });
}

/**
 * An axis counted from the front.
 *
 * @throws `onnx/shape` when the value has no such axis
 */
export function axisOf(op: string, axis: number, type: ValueType): number {
  const rank = type.shape!.length;
  if (axis < -rank || axis >= Math.max(rank, 1)) throw shapeError(op, `an axis ${axis} in the input`, type);
  return axis < 0 ? axis + rank : axis;
}

/** True for types that gradients flow through. */
export const isFloat = (dtype: DType): boolean =>
  dtype === "float32" || dtype === "float64" || dtype === "float16" || dtype === "bfloat16";

/** Product of lengths when all are known. */
export const knownSize = (shape: readonly Dim[]): number | undefined =>
  shape.every((dim) => typeof dim === "number") ? shape.reduce((product, dim) => product * dim, 1) : undefined;

/** Lengths with names for those that only a run tells. */
export const namedLengths = (
  stem: string,
  lengths: readonly (Dim | undefined)[] | undefined,
): readonly Dim[] | undefined => lengths?.map((length, axis) => length ?? `${stem}_${axis}`);

/** How many elements there are along some axes together, which must be known where gradients are built. */
export const countAlong = (op: string, { dtype, shape }: ValueType, axes: readonly number[]): number =>
  sizeOf(staticShape(op, { dtype, shape: axes.map((axis) => shape![axis]!) }));

/** The lengths behind batch and channels, which must be known where gradients are built. */
export const spatialShape = (op: string, { dtype, shape }: ValueType): readonly number[] =>
  staticShape(op, { dtype, shape: shape?.slice(2) });

/** The lengths of a shape that must be known where gradients are built. */
export function staticShape(op: string, type: ValueType): readonly number[] {
  if (type.shape?.every((dim) => typeof dim === "number")) return type.shape as readonly number[];
  throw shapeError(op, "a gradient over known lengths (training graphs are made for one batch size)", type);
}
