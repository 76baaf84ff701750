import { AthanorError } from "@athanor/core";
import { constantTensor } from "../constant-tensor.ts";
import { defineOp, int, optional, string } from "../define-op.ts";

export const linearRegressor = defineOp({
  name: "LinearRegressor",
  domain: "ai.onnx.ml",
  attributes: {
    coefficients: optional.floats,
    intercepts: optional.floats,
    post_transform: string<"NONE" | "SOFTMAX" | "LOGISTIC" | "SOFTMAX_ZERO" | "PROBIT">("NONE"),
    targets: int(1),
  },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { targets } }) => [
    { dtype: "float32", shape: x!.shape && [x!.shape.length === 1 ? 1 : x!.shape[0]!, targets] },
  ],
  // Y = X Wᵀ + b: dX = dY W
  gradient({ g, inputs: [x], upstream: [dy], attributes: { coefficients = [], post_transform, targets } }) {
    if (post_transform !== "NONE") {
      throw new AthanorError(
        "onnx/no-gradient",
        `LinearRegressor: expected no post_transform for a gradient, got ${post_transform}`,
        { fix: "Apply the transform as an operator of its own.", details: { post_transform } },
      );
    }
    const weights = constantTensor(coefficients, "float32").reshape([targets, coefficients.length / targets]);
    return [g.reshape(g.cast(g.matMul(dy!, g.constant(weights)), x!.dtype), x!.shape)];
  },
});
