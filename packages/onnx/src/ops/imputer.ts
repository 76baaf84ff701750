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
  // dx = dy where nothing was filled in
  gradient({ g, inputs: [x], upstream: [dy], attributes: { replaced_value_float: replaced } }) {
    const isMissing = Number.isNaN(replaced) ? g.op("IsNaN", [x]) : g.equal(x!, replaced);
    return [g.where(isMissing, g.constant(0, dy!.dtype as "float32"), dy!)];
  },
});
