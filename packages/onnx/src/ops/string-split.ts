import { defineOp, optional } from "../define-op.ts";

export const stringSplit = defineOp({
  name: "StringSplit",
  attributes: { delimiter: optional.string, maxsplit: optional.int },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [
    { dtype: "string", shape: x!.shape && [...x!.shape, "parts"] },
    { dtype: "int64", shape: x!.shape },
  ],
});
