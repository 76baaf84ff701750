import { defineOp, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";

export const bitCast = defineOp({
  name: "BitCast",
  since: 26,
  attributes: { to: int(1) },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { to } }) => [{ dtype: elementType(to), shape: x!.shape }],
});
