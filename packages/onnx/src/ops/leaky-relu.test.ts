import { checkOp } from "../testing/check-op.ts";
import { leakyRelu } from "./leaky-relu.ts";

checkOp(leakyRelu, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
