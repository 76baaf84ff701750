import { defineOp, int, optional, string } from "../define-op.ts";

export const linearClassifier = defineOp({
  name: "LinearClassifier",
  domain: "ai.onnx.ml",
  attributes: {
    classlabels_ints: optional.ints,
    classlabels_strings: optional.strings,
    coefficients: optional.floats,
    intercepts: optional.floats,
    multi_class: int(0),
    post_transform: string<"NONE" | "SOFTMAX" | "LOGISTIC" | "SOFTMAX_ZERO" | "PROBIT">("NONE"),
  },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { classlabels_strings, classlabels_ints } }) => {
    const batch = x!.shape?.[0];
    const classes = (classlabels_strings ?? classlabels_ints ?? []).length;
    return [
      { dtype: classlabels_strings ? "string" : "int64", shape: batch === undefined ? undefined : [batch] },
      { dtype: "float32", shape: batch === undefined ? undefined : [batch, classes] },
    ];
  },
});
