import { checkOp } from "../testing/check-op.ts";
import { softplus } from "./softplus.ts";

checkOp(softplus, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
