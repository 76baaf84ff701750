import { defineOp, int } from "../define-op.ts";

export const isInf = defineOp({
  name: "IsInf",
  attributes: { detect_negative: int(1), detect_positive: int(1) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: "bool", shape: x!.shape }],
});
