import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { errorFunction } from "../testing/error-function.ts";
import { contribGelu } from "./contrib-gelu.ts";

checkOp(contribGelu, [
  {
    title: "a matrix",
    inputs: [{ shape: [3, 4] }],
    reference: elementwise((x) => (x! * (1 + errorFunction(x! * Math.SQRT1_2))) / 2),
  },
]);
