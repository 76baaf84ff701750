import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const bitwiseXor = defineOp({
  name: "BitwiseXor",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [
    { dtype: inputs[0]!.dtype, shape: broadcastShapes("BitwiseXor", ...inputs.map((input) => input!)) },
  ],
});
