import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const greaterOrEqual = defineOp({
  name: "GreaterOrEqual",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs }) => [
    { dtype: "bool", shape: broadcastShapes("GreaterOrEqual", ...inputs.map((input) => input!)) },
  ],
});
