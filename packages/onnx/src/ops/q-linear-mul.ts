import { defineOp } from "../define-op.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";
import { broadcastShapes } from "../shapes.ts";

export const qLinearMul = defineOp({
  name: "QLinearMul",
  domain: "com.microsoft",
  attributes: {},
  inputs: [7, 8],
  isQuantized: true,
  infer: ({ inputs: [a, , , b] }) => [{ dtype: a!.dtype, shape: broadcastShapes("QLinearMul", a!, b!) }],
  decompose({ g, inputs: [a, aScale, aZero, b, bScale, bZero, scale, zero] }) {
    const y = g.mul(realOf(g, a!, aScale!, aZero), realOf(g, b!, bScale!, bZero));
    return [wholeOf(g, y, scale!, zero ?? g.constant(0, a!.dtype as "uint8"))];
  },
});
