import { defineOp, optional } from "../define-op.ts";

export const scaler = defineOp({
  name: "Scaler",
  domain: "ai.onnx.ml",
  attributes: {
    offset: optional.floats,
    scale: optional.floats,
  },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: "float32", shape: x!.shape }],
});
