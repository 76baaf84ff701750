import { defineOp, int, optional } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import { flat } from "../rules/flat.ts";

export const eyeLike = defineOp({
  name: "EyeLike",
  attributes: { dtype: optional.int, k: int(0) },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { dtype } }) => [
    { dtype: dtype === undefined ? x!.dtype : elementType(dtype), shape: x!.shape },
  ],
  // Only the shape is read.
  gradient: flat,
});
