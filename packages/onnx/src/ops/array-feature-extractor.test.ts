import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { arrayFeatureExtractor } from "./array-feature-extractor.ts";

checkOp(arrayFeatureExtractor, [
  {
    title: "two columns",
    inputs: [
      { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] },
      { shape: [2], dtype: "int64", values: [2, 0] },
    ],
    reference: () => float64([3, 1, 6, 4], [2, 2]),
  },
]);
