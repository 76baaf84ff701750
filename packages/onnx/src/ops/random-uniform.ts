import { defineOp, float, int, ints, optional } from "../define-op.ts";
import { elementType } from "../element-types.ts";

export const randomUniform = defineOp({
  name: "RandomUniform",
  attributes: { dtype: int(1), high: float(1), low: float(0), seed: optional.float, shape: ints([]) },
  inputs: [0, 0],
  algebra: { isPure: false },
  infer: ({ attributes: { dtype, shape } }) => [{ dtype: elementType(dtype), shape }],
});
