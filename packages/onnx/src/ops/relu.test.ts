import { checkOp } from "../testing/check-op.ts";
import { relu } from "./relu.ts";

checkOp(relu, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
