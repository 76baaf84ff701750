import { defineOp, int } from "../define-op.ts";

export const cumSum = defineOp({
  name: "CumSum",
  attributes: { exclusive: int(0), reverse: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [x] }) => [x!],
  // An element is part of all sums after it: dx sums dy from the other end.
  gradient: ({ g, inputs: [, axis], upstream: [dy], attributes: { exclusive, reverse } }) => [
    g.op("CumSum", [dy, axis], { exclusive, reverse: 1 - reverse }),
  ],
});
