import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const mul = defineOp({
  name: "Mul",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true, neutral: 1 },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Mul", ...inputs.map((input) => input!)) }],
  // da = dy · b, db = dy · a
  gradient: ({ g, inputs: [a, b], upstream: [dy], wants }) => [
    wants(0) ? g.mul(dy!, b!) : undefined,
    wants(1) ? g.mul(dy!, a!) : undefined,
  ],
});
