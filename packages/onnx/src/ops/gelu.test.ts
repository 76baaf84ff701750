import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { errorFunction } from "../testing/error-function.ts";
import { gelu } from "./gelu.ts";

checkOp(gelu, [
  {
    title: "exact",
    inputs: [{ shape: [2, 3] }],
    reference: ([x]) =>
      float64(
        x!.data.map((v) => (v * (1 + errorFunction(v * Math.SQRT1_2))) / 2),
        x!.shape,
      ),
  },
  {
    title: "by tanh",
    inputs: [{ shape: [2, 3] }],
    attributes: { approximate: "tanh" },
    reference: ([x]) =>
      float64(
        x!.data.map((v) => (v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))) / 2),
        x!.shape,
      ),
  },
]);
