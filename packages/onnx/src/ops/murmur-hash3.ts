import { defineOp, int } from "../define-op.ts";

/** @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MurmurHash3 */
export const murmurHash3 = defineOp({
  name: "MurmurHash3",
  domain: "com.microsoft",
  attributes: { positive: int(1), seed: int(0) },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { positive } }) => [{ dtype: positive ? "uint32" : "int32", shape: x!.shape }],
});
