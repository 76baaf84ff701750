import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";

checkOp(hardSigmoid, [
  {
    title: "a matrix",
    inputs: [{ shape: [2, 3] }],
    reference: ([x]) =>
      float64(
        x!.data.map((v) => Math.min(1, Math.max(0, 0.2 * v + 0.5))),
        x!.shape,
      ),
  },
  {
    title: "beyond both ends",
    inputs: [{ shape: [4], values: [-4, -3, 3, 4] }],
    reference: ([x]) =>
      float64(
        x!.data.map((v) => Math.min(1, Math.max(0, 0.2 * v + 0.5))),
        x!.shape,
      ),
  },
]);
