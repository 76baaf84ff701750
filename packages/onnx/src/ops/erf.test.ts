import { checkOp } from "../testing/check-op.ts";
import { erf } from "./erf.ts";

checkOp(erf, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
