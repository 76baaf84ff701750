import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { mish } from "./mish.ts";

checkOp(mish, [
  {
    title: "a matrix",
    inputs: [{ shape: [3, 4] }],
    reference: elementwise((x) => x! * Math.tanh(Math.log1p(Math.exp(x!)))),
  },
]);
