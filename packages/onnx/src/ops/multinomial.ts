import { defineOp, int, optional } from "../define-op.ts";
import { elementType } from "../element-types.ts";

export const multinomial = defineOp({
  name: "Multinomial",
  attributes: { dtype: int(6), sample_size: int(1), seed: optional.float },
  inputs: [1, 1],
  algebra: { isPure: false },
  infer: ({ inputs: [x], attributes: { dtype, sample_size } }) => [
    { dtype: elementType(dtype), shape: x!.shape && [x!.shape[0]!, sample_size] },
  ],
});
