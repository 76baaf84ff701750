import { defineOp } from "../define-op.ts";

export const arrayFeatureExtractor = defineOp({
  name: "ArrayFeatureExtractor",
  domain: "ai.onnx.ml",
  attributes: {},
  inputs: [2, 2],
  infer({ inputs: [x, columns] }) {
    const count = columns!.shape?.at(-1);
    if (x!.shape === undefined || count === undefined) return [{ dtype: x!.dtype, shape: undefined }];
    return [{ dtype: x!.dtype, shape: [...(x!.shape.length === 1 ? [1] : x!.shape.slice(0, -1)), count] }];
  },
});
