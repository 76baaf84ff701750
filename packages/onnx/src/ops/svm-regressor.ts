import { defineOp, int, optional, string } from "../define-op.ts";

export const svmRegressor = defineOp({
  name: "SVMRegressor",
  domain: "ai.onnx.ml",
  attributes: {
    coefficients: optional.floats,
    kernel_params: optional.floats,
    kernel_type: string<"LINEAR" | "POLY" | "RBF" | "SIGMOID">("LINEAR"),
    n_supports: int(0),
    one_class: int(0),
    post_transform: string<"NONE" | "SOFTMAX" | "LOGISTIC" | "SOFTMAX_ZERO" | "PROBIT">("NONE"),
    rho: optional.floats,
    support_vectors: optional.floats,
  },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: "float32", shape: x!.shape && [x!.shape.length === 1 ? 1 : x!.shape[0]!, 1] }],
});
