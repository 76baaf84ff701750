import { checkOp } from "../testing/check-op.ts";
import { reciprocal } from "./reciprocal.ts";

checkOp(reciprocal, [
  { title: "a matrix", inputs: [{ shape: [2, 3], range: [0.5, 2] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
