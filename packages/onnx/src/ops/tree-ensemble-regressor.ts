import { defineOp, int, optional, string } from "../define-op.ts";

export const treeEnsembleRegressor = defineOp({
  name: "TreeEnsembleRegressor",
  domain: "ai.onnx.ml",
  attributes: {
    aggregate_function: string<"SUM" | "AVERAGE" | "MIN" | "MAX">("SUM"),
    n_targets: int(1),
    target_ids: optional.ints,
    target_nodeids: optional.ints,
    target_treeids: optional.ints,
    target_weights: optional.floats,
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
  infer: ({ inputs: [x], attributes: { n_targets } }) => [
    { dtype: "float32", shape: x!.shape && [x!.shape[0]!, n_targets] },
  ],
});
