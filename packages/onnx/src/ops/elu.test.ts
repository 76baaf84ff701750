import { checkOp } from "../testing/check-op.ts";
import { elu } from "./elu.ts";

checkOp(elu, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
