import { defineOp, int, optional } from "../define-op.ts";

export const shape = defineOp({
  name: "Shape",
  attributes: { start: int(0), end: optional.int },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { start, end } }) => [
    { dtype: "int64", shape: x!.shape && [x!.shape.slice(start, end).length] },
  ],
});
