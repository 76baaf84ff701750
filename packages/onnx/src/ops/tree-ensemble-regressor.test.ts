import { checkOp } from "../testing/check-op.ts";
import { treeEnsembleRegressor } from "./tree-ensemble-regressor.ts";

checkOp(treeEnsembleRegressor, [
  {
    title: "one split",
    inputs: [{ shape: [3, 2] }],
    attributes: {
      n_targets: 1,
      nodes_treeids: [0, 0, 0],
      nodes_nodeids: [0, 1, 2],
      nodes_featureids: [1, 0, 0],
      nodes_modes: ["BRANCH_LEQ", "LEAF", "LEAF"],
      nodes_values: [0.5, 0, 0],
      nodes_truenodeids: [1, 0, 0],
      nodes_falsenodeids: [2, 0, 0],
      target_treeids: [0, 0],
      target_nodeids: [1, 2],
      target_ids: [0, 0],
      target_weights: [1.5, -2],
    },
  },
]);
