import { checkOp } from "../testing/check-op.ts";
import { treeEnsembleClassifier } from "./tree-ensemble-classifier.ts";

checkOp(treeEnsembleClassifier, [
  {
    title: "one split",
    inputs: [{ shape: [3, 2] }],
    outputs: 2,
    attributes: {
      classlabels_strings: ["no", "yes"],
      nodes_treeids: [0, 0, 0],
      nodes_nodeids: [0, 1, 2],
      nodes_featureids: [1, 0, 0],
      nodes_modes: ["BRANCH_LEQ", "LEAF", "LEAF"],
      nodes_values: [0.5, 0, 0],
      nodes_truenodeids: [1, 0, 0],
      nodes_falsenodeids: [2, 0, 0],
      class_treeids: [0, 0, 0, 0],
      class_nodeids: [1, 1, 2, 2],
      class_ids: [0, 1, 0, 1],
      class_weights: [0.9, 0.1, 0.2, 0.8],
    },
  },
]);
