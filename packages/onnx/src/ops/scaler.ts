import { constantTensor } from "../constant-tensor.ts";
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
  // y = (x − offset) · scale
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { scale = [1] } }) => [
    g.cast(g.mul(dy!, g.constant(constantTensor(scale, "float32"))), x!.dtype),
  ],
});
