import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const equal = defineOp({
  name: "Equal",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [{ dtype: "bool", shape: broadcastShapes("Equal", ...inputs.map((input) => input!)) }],
});
