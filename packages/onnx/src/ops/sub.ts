import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const sub = defineOp({
  name: "Sub",
  attributes: {},
  inputs: [2, 2],
  algebra: { neutral: 0 },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Sub", ...inputs.map((input) => input!)) }],
  // da = dy, db = −dy
  gradient: ({ g, upstream: [dy], wants }) => [dy, wants(1) ? g.neg(dy!) : undefined],
});
