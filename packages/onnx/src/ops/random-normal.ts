import { defineOp, float, int, ints, optional } from "../define-op.ts";
import { elementType } from "../element-types.ts";

export const randomNormal = defineOp({
  name: "RandomNormal",
  attributes: { dtype: int(1), mean: float(0), scale: float(1), seed: optional.float, shape: ints([]) },
  inputs: [0, 0],
  algebra: { isPure: false },
  infer: ({ attributes: { dtype, shape } }) => [{ dtype: elementType(dtype), shape }],
});
