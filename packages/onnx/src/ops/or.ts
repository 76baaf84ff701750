import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const or = defineOp({
  name: "Or",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [{ dtype: "bool", shape: broadcastShapes("Or", ...inputs.map((input) => input!)) }],
});
