import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { errorFunction } from "../testing/error-function.ts";
import { erf } from "./erf.ts";

checkOp(erf, [
  {
    title: "a matrix",
    inputs: [{ shape: [2, 3] }],
    reference: ([x]) =>
      float64(
        x!.data.map((v) => errorFunction(v)),
        x!.shape,
      ),
  },
]);
