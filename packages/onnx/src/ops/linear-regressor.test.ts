import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { linearRegressor } from "./linear-regressor.ts";

checkOp(linearRegressor, [
  {
    title: "two targets",
    inputs: [{ shape: [3, 2] }],
    attributes: { coefficients: [1, -2, 0.5, 3], intercepts: [4, -1], targets: 2 },
    reference: ([x]) =>
      float64(
        [0, 2, 4].flatMap((i) => {
          const [a, b] = [x!.data[i]!, x!.data[i + 1]!];
          return [a - 2 * b + 4, 0.5 * a + 3 * b - 1];
        }),
        [3, 2],
      ),
  },
]);
