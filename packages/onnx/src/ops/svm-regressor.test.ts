import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { svmRegressor } from "./svm-regressor.ts";

checkOp(svmRegressor, [
  {
    title: "two support vectors, a linear kernel",
    inputs: [{ shape: [3, 2] }],
    attributes: {
      coefficients: [0.5, -1],
      kernel_params: [0, 0, 0],
      kernel_type: "LINEAR",
      n_supports: 2,
      rho: [2],
      support_vectors: [1, 2, 3, 4],
    },
    reference: ([x]) =>
      float64(
        [0, 2, 4].map((i) => {
          const [a, b] = [x!.data[i]!, x!.data[i + 1]!];
          return 0.5 * (a + 2 * b) - (3 * a + 4 * b) + 2;
        }),
        [3, 1],
      ),
  },
]);
