import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { nonZero } from "./non-zero.ts";

checkOp(nonZero, [
  {
    title: "a matrix",
    inputs: [{ shape: [2, 2], values: [0, 3, -1, 0] }],
    reference: () => float64([0, 1, 1, 0], [2, 2]),
  },
]);
