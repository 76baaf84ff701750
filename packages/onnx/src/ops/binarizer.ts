import { defineOp, float } from "../define-op.ts";
import { flat } from "../rules/flat.ts";

export const binarizer = defineOp({
  name: "Binarizer",
  domain: "ai.onnx.ml",
  attributes: { threshold: float(0) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  gradient: flat,
});
