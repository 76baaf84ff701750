import { defineOp, optional, string } from "../define-op.ts";

export const treeEnsembleClassifier = defineOp({
  name: "TreeEnsembleClassifier",
  domain: "ai.onnx.ml",
  attributes: {
    class_ids: optional.ints,
    class_nodeids: optional.ints,
    class_treeids: optional.ints,
    class_weights: optional.floats,
    classlabels_int64s: optional.ints,
    classlabels_strings: optional.strings,
    base_values: optional.floats,
    nodes_falsenodeids: optional.ints,
    nodes_featureids: optional.ints,
    nodes_hitrates: optional.floats,
    nodes_missing_value_tracks_true: optional.ints,
    nodes_modes: optional.strings,
    nodes_nodeids: optional.ints,
    nodes_treeids: optional.ints,
    nodes_truenodeids: optional.ints,
    nodes_values: optional.floats,
    post_transform: string<"NONE" | "SOFTMAX" | "LOGISTIC" | "SOFTMAX_ZERO" | "PROBIT">("NONE"),
  },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { classlabels_strings, classlabels_int64s } }) => {
    const batch = x!.shape?.[0];
    const classes = (classlabels_strings ?? classlabels_int64s ?? []).length;
    return [
      { dtype: classlabels_strings ? "string" : "int64", shape: batch === undefined ? undefined : [batch] },
      { dtype: "float32", shape: batch === undefined ? undefined : [batch, classes] },
    ];
  },
});
