import { checkOp } from "../testing/check-op.ts";
import { abs } from "./abs.ts";

checkOp(abs, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
