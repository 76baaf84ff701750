import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const xor = defineOp({
  name: "Xor",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [{ dtype: "bool", shape: broadcastShapes("Xor", ...inputs.map((input) => input!)) }],
});
