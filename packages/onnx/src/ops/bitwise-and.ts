import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const bitwiseAnd = defineOp({
  name: "BitwiseAnd",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [
    { dtype: inputs[0]!.dtype, shape: broadcastShapes("BitwiseAnd", ...inputs.map((input) => input!)) },
  ],
});
