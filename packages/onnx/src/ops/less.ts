import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const less = defineOp({
  name: "Less",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs }) => [{ dtype: "bool", shape: broadcastShapes("Less", ...inputs.map((input) => input!)) }],
});
