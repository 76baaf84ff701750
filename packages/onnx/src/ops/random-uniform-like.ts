import { defineOp, float, optional } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import { flat } from "../rules/flat.ts";

export const randomUniformLike = defineOp({
  name: "RandomUniformLike",
  attributes: { dtype: optional.int, high: float(1), low: float(0), seed: optional.float },
  inputs: [1, 1],
  algebra: { isPure: false },
  infer: ({ inputs: [x], attributes: { dtype } }) => [
    { dtype: dtype === undefined ? x!.dtype : elementType(dtype), shape: x!.shape },
  ],
  // Only the shape is read.
  gradient: flat,
});
