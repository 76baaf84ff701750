import { checkOp } from "../testing/check-op.ts";
import { tanh } from "./tanh.ts";

checkOp(tanh, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
