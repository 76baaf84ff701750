import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const bitwiseOr = defineOp({
  name: "BitwiseOr",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [
    { dtype: inputs[0]!.dtype, shape: broadcastShapes("BitwiseOr", ...inputs.map((input) => input!)) },
  ],
});
