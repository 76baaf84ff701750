import { defineOp, int, string } from "../define-op.ts";
import { isFloat } from "../shapes.ts";

export const castLike = defineOp({
  name: "CastLike",
  attributes: { round_mode: string<"up" | "down" | "nearest">("up"), saturate: int(1) },
  inputs: [2, 2],
  infer: ({ inputs: [x, like] }) => [{ dtype: like!.dtype, shape: x!.shape }],
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [isFloat(x!.dtype) ? g.cast(dy!, x!.dtype) : undefined],
});
