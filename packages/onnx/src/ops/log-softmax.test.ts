import { checkOp } from "../testing/check-op.ts";
import { logSoftmax } from "./log-softmax.ts";

checkOp(logSoftmax, [
  { title: "the last axis", inputs: [{ shape: [2, 3] }] },
  { title: "the first axis", inputs: [{ shape: [3, 2] }], attributes: { axis: 0 } },
]);
