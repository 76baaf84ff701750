import { checkOp } from "../testing/check-op.ts";
import { sigmoid } from "./sigmoid.ts";

checkOp(sigmoid, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
