import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const add = defineOp({
  name: "Add",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true, neutral: 0 },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Add", ...inputs.map((input) => input!)) }],
  // da = dy, db = dy
  gradient: ({ upstream: [dy] }) => [dy, dy],
});
