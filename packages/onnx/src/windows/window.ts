import type { Dim, ValueType } from "../model.ts";
import { shapeError } from "../shapes.ts";

/** Where a sliding window stands: one number an axis, `pads` first all starts, then all ends. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pads: readonly number[];
}

export interface WindowAttributes {
  readonly auto_pad: string;
  readonly strides: readonly number[] | undefined;
  readonly dilations?: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
}

/** Resolves a window's attributes against the input; `auto_pad` needs known lengths. */
export function windowOf(op: string, x: ValueType, kernel: readonly number[], attributes: WindowAttributes): Window {
  const rank = kernel.length;
  const strides = attributes.strides ?? kernel.map(() => 1);
  const dilations = attributes.dilations ?? kernel.map(() => 1);
  const { auto_pad: mode } = attributes;
  if (mode === "NOTSET")
    return { kernel, strides, dilations, pads: attributes.pads ?? new Array<number>(2 * rank).fill(0) };
  if (mode === "VALID") return { kernel, strides, dilations, pads: new Array<number>(2 * rank).fill(0) };
  const totals = kernel.map((size, axis) => {
    const length = x.shape![axis + 2];
    if (typeof length !== "number") throw shapeError(op, "known lengths for auto_pad", x);
    const reach = (size - 1) * dilations[axis]! + 1;
    return Math.max(0, (Math.ceil(length / strides[axis]!) - 1) * strides[axis]! + reach - length);
  });
  const small = totals.map((total) => Math.floor(total / 2));
  const large = totals.map((total, axis) => total - small[axis]!);
  return { kernel, strides, dilations, pads: mode === "SAME_LOWER" ? [...large, ...small] : [...small, ...large] };
}

/** Lengths of what a window leaves. */
export function windowLengths(
  x: ValueType,
  { kernel, strides, dilations, pads }: Window,
  ceil = false,
): readonly Dim[] {
  return kernel.map((size, axis) => {
    const length = x.shape![axis + 2]!;
    if (typeof length !== "number") return `${length}_window`;
    const room = length + pads[axis]! + pads[axis + kernel.length]! - ((size - 1) * dilations[axis]! + 1);
    const steps = room / strides[axis]!;
    if (!ceil) return Math.floor(steps) + 1;
    const count = Math.ceil(steps) + 1;
    // A window that would start in the padding after the end does not count.
    return (count - 1) * strides[axis]! >= length + pads[axis]! ? count - 1 : count;
  });
}

/** True when windows tile the input: no overlap, no padding, nothing left over. */
export const tiles = (shape: readonly Dim[], { kernel, strides, dilations, pads }: Window): boolean =>
  pads.every((pad) => pad === 0) &&
  kernel.every((size, axis) => size === strides[axis] && dilations[axis] === 1 && Number(shape[axis + 2]) % size === 0);
