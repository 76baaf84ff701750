import { defineOp, int } from "../define-op.ts";

export const reverseSequence = defineOp({
  name: "ReverseSequence",
  attributes: { batch_axis: int(1), time_axis: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [x] }) => [x!],
  // Reversing twice gives the original order back.
  gradient: ({ g, inputs: [, lengths], upstream: [dy], attributes }) => [
    g.op("ReverseSequence", [dy, lengths], attributes),
  ],
});
