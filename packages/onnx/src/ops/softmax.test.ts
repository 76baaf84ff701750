import { checkOp } from "../testing/check-op.ts";
import { softmax } from "./softmax.ts";

checkOp(softmax, [
  { title: "the last axis", inputs: [{ shape: [2, 3] }] },
  { title: "the first axis", inputs: [{ shape: [3, 2] }], attributes: { axis: 0 } },
]);
