import { checkOp } from "../testing/check-op.ts";
import { svmClassifier } from "./svm-classifier.ts";

const kernel = { kernel_params: [0.5, 0, 0], kernel_type: "RBF" };

checkOp(svmClassifier, [
  {
    title: "two classes",
    inputs: [{ shape: [3, 2] }],
    attributes: {
      ...kernel,
      classlabels_ints: [0, 1],
      coefficients: [1, -1],
      rho: [0.25],
      support_vectors: [1, 2, 3, 4],
      vectors_per_class: [1, 1],
    },
    outputs: 2,
  },
  {
    title: "a score a pair of four classes",
    inputs: [{ shape: [3, 1] }],
    attributes: {
      ...kernel,
      classlabels_strings: ["a", "b", "c", "d"],
      coefficients: [1, -1, 1, 2, 0.5, -1, 1, -2, 1, -1, 0.5, 1],
      rho: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
      support_vectors: [1, 2, 3, 4],
      vectors_per_class: [1, 1, 1, 1],
    },
    outputs: 2,
  },
]);
