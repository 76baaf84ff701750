import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { tensorScatter } from "./tensor-scatter.ts";

checkOp(tensorScatter, [
  {
    title: "each row from its own place on",
    inputs: [
      { shape: [2, 3, 1], values: [1, 2, 3, 4, 5, 6] },
      { shape: [2, 1, 1], values: [7, 8] },
      { shape: [2], dtype: "int64", values: [2, 0] },
    ],
    reference: () => float64([1, 2, 7, 8, 5, 6], [2, 3, 1]),
  },
]);
