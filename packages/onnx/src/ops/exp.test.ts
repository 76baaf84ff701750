import { checkOp } from "../testing/check-op.ts";
import { exp } from "./exp.ts";

checkOp(exp, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
