import { defineOp, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";

export const quantizeLinear = defineOp({
  name: "QuantizeLinear",
  attributes: { axis: int(1), block_size: int(0), output_dtype: int(0), precision: int(0), saturate: int(1) },
  inputs: [2, 3],
  infer: ({ inputs: [x, , zeroPoint], attributes: { output_dtype } }) => [
    { dtype: zeroPoint?.dtype ?? (output_dtype === 0 ? "uint8" : elementType(output_dtype)), shape: x!.shape },
  ],
});
