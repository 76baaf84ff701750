import { checkOp } from "../testing/check-op.ts";
import { log } from "./log.ts";

checkOp(log, [
  { title: "a matrix", inputs: [{ shape: [2, 3], range: [0.5, 2] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
