import { defineOp } from "../define-op.ts";
import { geluSlope } from "../rules/gelu-slope.ts";

export const biasGelu = defineOp({
  name: "BiasGelu",
  domain: "com.microsoft",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs: [x] }) => [x!],
  // y = gelu(x + bias); the walk sums what the bias gets over the rows.
  gradient({ g, inputs: [x, bias], upstream: [dy] }) {
    const dx = g.mul(dy!, geluSlope(g, g.add(x!, bias!)));
    return [dx, dx];
  },
});
