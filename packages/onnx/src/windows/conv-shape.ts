import { int, optional, string } from "../define-op.ts";
import type { Dim, ValueType } from "../model.ts";
import { shapeError } from "../shapes.ts";
import { type WindowAttributes, windowLengths, windowOf } from "./window.ts";

/** Attributes of every convolution. */
export const convAttributes = {
  auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
  dilations: optional.ints,
  group: int(1),
  kernel_shape: optional.ints,
  pads: optional.ints,
  strides: optional.ints,
};

/** Shape of a convolution of `[batch, channels, …]` with `[maps, channels / group, …]`. */
export function convShape(
  op: string,
  x: ValueType,
  w: ValueType,
  attributes: WindowAttributes & { readonly group: number; readonly kernel_shape?: readonly number[] | undefined },
): readonly Dim[] | undefined {
  if (x.shape === undefined || (w.shape === undefined && attributes.kernel_shape === undefined)) return undefined;
  const [maps, channels, ...kernel] = (w.shape ?? ["maps", "channels", ...attributes.kernel_shape!]) as readonly [
    Dim,
    Dim,
    ...number[],
  ];
  const given = x.shape[1];
  const isOff = typeof given === "number" && typeof channels === "number" && given !== channels * attributes.group;
  if (x.shape.length !== kernel.length + 2 || isOff) {
    throw shapeError(op, "an input [batch, channels, …] whose channels are those of the weight times the groups", x, w);
  }
  return [x.shape[0]!, maps, ...windowLengths(x, windowOf(op, x, kernel, attributes))];
}
