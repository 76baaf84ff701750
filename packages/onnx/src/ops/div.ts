import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const div = defineOp({
  name: "Div",
  attributes: {},
  inputs: [2, 2],
  algebra: { neutral: 1 },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Div", ...inputs.map((input) => input!)) }],
  // da = dy / b, db = −dy · y / b
  gradient: ({ g, inputs: [, b], outputs: [y], upstream: [dy], wants }) => [
    wants(0) ? g.div(dy!, b!) : undefined,
    wants(1) ? g.neg(g.div(g.mul(dy!, y!), b!)) : undefined,
  ],
});
