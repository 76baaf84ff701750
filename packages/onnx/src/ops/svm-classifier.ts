import { defineOp, optional, string } from "../define-op.ts";

export const svmClassifier = defineOp({
  name: "SVMClassifier",
  domain: "ai.onnx.ml",
  attributes: {
    classlabels_ints: optional.ints,
    classlabels_strings: optional.strings,
    coefficients: optional.floats,
    kernel_params: optional.floats,
    kernel_type: string<"LINEAR" | "POLY" | "RBF" | "SIGMOID">("LINEAR"),
    post_transform: string<"NONE" | "SOFTMAX" | "LOGISTIC" | "SOFTMAX_ZERO" | "PROBIT">("NONE"),
    prob_a: optional.floats,
    prob_b: optional.floats,
    rho: optional.floats,
    support_vectors: optional.floats,
    vectors_per_class: optional.ints,
  },
  inputs: [1, 1],
  // A score a class, or one a pair of classes where there are more than two and no probabilities.
  infer({
    inputs: [x],
    attributes: { classlabels_strings: names, classlabels_ints: numbers, prob_a, vectors_per_class },
  }) {
    const dtype = names ? "string" : "int64";
    if (x!.shape === undefined)
      return [
        { dtype, shape: undefined },
        { dtype: "float32", shape: undefined },
      ];
    const batch = x!.shape.length === 1 ? 1 : x!.shape[0]!;
    const classes = (names ?? numbers ?? []).length;
    const scores =
      prob_a?.length || classes <= 2 || !vectors_per_class?.length ? classes : (classes * (classes - 1)) / 2;
    return [
      { dtype, shape: [batch] },
      { dtype: "float32", shape: [batch, scores] },
    ];
  },
});
