import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const greater = defineOp({
  name: "Greater",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs }) => [{ dtype: "bool", shape: broadcastShapes("Greater", ...inputs.map((input) => input!)) }],
});
