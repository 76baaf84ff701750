import { defineOp, optional } from "../define-op.ts";

export const regexFullMatch = defineOp({
  name: "RegexFullMatch",
  attributes: { pattern: optional.string },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: "bool", shape: x!.shape }],
});
