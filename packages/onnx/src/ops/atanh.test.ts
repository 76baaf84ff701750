import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { atanh } from "./atanh.ts";

checkOp(atanh, [
  { title: "a matrix", inputs: [{ shape: [3, 4], range: [-0.8, 0.8] }], reference: elementwise((x) => Math.atanh(x!)) },
]);
