import { defineOp } from "../define-op.ts";
import { tanhGeluSlope } from "../rules/gelu-slope.ts";

export const fastGelu = defineOp({
  name: "FastGelu",
  domain: "com.microsoft",
  attributes: {},
  inputs: [1, 2],
  infer: ({ inputs: [x] }) => [x!],
  // y = gelu(x + bias) by tanh; the walk sums what the bias gets over the rows.
  gradient({ g, inputs: [x, bias], upstream: [dy] }) {
    const dx = g.mul(dy!, tanhGeluSlope(g, bias ? g.add(x!, bias) : x!));
    return [dx, dx];
  },
});
