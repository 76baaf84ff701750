import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const and = defineOp({
  name: "And",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [{ dtype: "bool", shape: broadcastShapes("And", ...inputs.map((input) => input!)) }],
});
