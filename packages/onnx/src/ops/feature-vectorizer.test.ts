import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { featureVectorizer } from "./feature-vectorizer.ts";

checkOp(featureVectorizer, [
  {
    title: "columns of two inputs",
    inputs: [
      { shape: [2, 1], values: [1, 2] },
      { shape: [2, 2], values: [3, 4, 5, 6] },
    ],
    attributes: { inputdimensions: [1, 2] },
    reference: () => float64([1, 3, 4, 2, 5, 6], [2, 3]),
  },
]);
