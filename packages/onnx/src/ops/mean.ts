import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const mean = defineOp({
  name: "Mean",
  attributes: {},
  inputs: [1, 2 ** 31],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [
    { dtype: inputs[0]!.dtype, shape: broadcastShapes("Mean", ...inputs.map((input) => input!)) },
  ],
  // Each operand gets dy / n.
  gradient({ g, inputs, upstream: [dy] }) {
    const share = g.mul(dy!, 1 / inputs.length);
    return inputs.map(() => share);
  },
});
