import { checkOp } from "../testing/check-op.ts";
import { neg } from "./neg.ts";

checkOp(neg, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
