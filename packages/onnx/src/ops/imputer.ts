import { defineOp, float, int, optional } from "../define-op.ts";

export const imputer = defineOp({
  name: "Imputer",
  domain: "ai.onnx.ml",
  attributes: {
    imputed_value_floats: optional.floats,
    imputed_value_int64s: optional.ints,
    replaced_value_float: float(0),
    replaced_value_int64: int(0),
  },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
});
