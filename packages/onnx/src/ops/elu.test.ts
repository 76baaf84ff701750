import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { elu } from "./elu.ts";

checkOp(elu, [
  {
    title: "a matrix",
    inputs: [{ shape: [2, 3] }],
    reference: ([x]) =>
      float64(
        x!.data.map((v) => (v > 0 ? v : Math.expm1(v))),
        x!.shape,
      ),
  },
  {
    title: "beyond both ends",
    inputs: [{ shape: [4], values: [-4, -3, 3, 4] }],
    reference: ([x]) =>
      float64(
        x!.data.map((v) => (v > 0 ? v : Math.expm1(v))),
        x!.shape,
      ),
  },
]);
