import { checkOp } from "../testing/check-op.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";

checkOp(hardSigmoid, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
