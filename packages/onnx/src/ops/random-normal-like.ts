import { defineOp, float, optional } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import { flat } from "../rules/flat.ts";

export const randomNormalLike = defineOp({
  name: "RandomNormalLike",
  attributes: { dtype: optional.int, mean: float(0), scale: float(1), seed: optional.float },
  inputs: [1, 1],
  algebra: { isPure: false },
  infer: ({ inputs: [x], attributes: { dtype } }) => [
    { dtype: dtype === undefined ? x!.dtype : elementType(dtype), shape: x!.shape },
  ],
  // Only the shape is read.
  gradient: flat,
});
