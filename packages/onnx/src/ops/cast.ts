import { defineOp, int, string } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import { isFloat } from "../shapes.ts";

export const cast = defineOp({
  name: "Cast",
  attributes: { round_mode: string<"up" | "down" | "nearest">("up"), saturate: int(1), to: int(1) },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { to } }) => [{ dtype: elementType(to), shape: x!.shape }],
  // Whole numbers that carry a gradient have it in the type of the floats made of them.
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [isFloat(x!.dtype) ? g.cast(dy!, x!.dtype) : dy],
});
