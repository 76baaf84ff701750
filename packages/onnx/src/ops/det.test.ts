import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { det } from "./det.ts";

checkOp(det, [
  {
    title: "a stack of matrices",
    inputs: [{ shape: [2, 2, 2] }],
    reference: ([x]) =>
      float64([0, 4].map((start) => x!.data[start]! * x!.data[start + 3]! - x!.data[start + 1]! * x!.data[start + 2]!)),
  },
]);
