import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { nonMaxSuppression } from "./non-max-suppression.ts";

checkOp(nonMaxSuppression, [
  {
    title: "two boxes that overlap and one apart",
    inputs: [
      { shape: [1, 3, 4], values: [0, 0, 1, 1, 0, 0.1, 1, 1.1, 5, 5, 6, 6] },
      { shape: [1, 1, 3], values: [0.8, 0.9, 0.7] },
      { shape: [], dtype: "int64", values: [3] },
      { shape: [], values: [0.5] },
    ],
    reference: () => float64([0, 0, 1, 0, 0, 2], [2, 3]),
  },
]);
