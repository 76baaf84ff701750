import { defineOp, string } from "../define-op.ts";

export const normalizer = defineOp({
  name: "Normalizer",
  domain: "ai.onnx.ml",
  attributes: { norm: string<"MAX" | "L1" | "L2">("MAX") },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: "float32", shape: x!.shape }],
});
