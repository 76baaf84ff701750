import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const lessOrEqual = defineOp({
  name: "LessOrEqual",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs }) => [{ dtype: "bool", shape: broadcastShapes("LessOrEqual", ...inputs.map((input) => input!)) }],
});
