import { checkOp } from "../testing/check-op.ts";
import { linearClassifier } from "./linear-classifier.ts";

checkOp(linearClassifier, [
  {
    title: "three classes",
    inputs: [{ shape: [2, 2] }],
    outputs: 2,
    attributes: {
      classlabels_ints: [0, 1, 2],
      coefficients: [1, 0, 0, 1, 1, 1],
      intercepts: [0, 0, 0],
      post_transform: "SOFTMAX",
    },
  },
]);
