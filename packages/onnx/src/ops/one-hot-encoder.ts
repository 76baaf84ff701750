import { defineOp, int, optional } from "../define-op.ts";

export const oneHotEncoder = defineOp({
  name: "OneHotEncoder",
  domain: "ai.onnx.ml",
  attributes: {
    cats_int64s: optional.ints,
    cats_strings: optional.strings,
    zeros: int(1),
  },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { cats_int64s, cats_strings } }) => [
    { dtype: "float32", shape: x!.shape && [...x!.shape, (cats_strings ?? cats_int64s ?? []).length] },
  ],
});
