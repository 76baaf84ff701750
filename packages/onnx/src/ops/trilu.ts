import { defineOp, int } from "../define-op.ts";

export const trilu = defineOp({
  name: "Trilu",
  attributes: { upper: int(1) },
  inputs: [1, 2],
  infer: ({ inputs: [x] }) => [x!],
  // What was cut off gets no gradient.
  gradient: ({ g, inputs: [, k], upstream: [dy], attributes: { upper } }) => [g.op("Trilu", [dy, k], { upper })],
});
