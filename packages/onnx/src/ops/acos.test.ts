import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { acos } from "./acos.ts";

checkOp(acos, [
  { title: "a matrix", inputs: [{ shape: [3, 4], range: [-0.9, 0.9] }], reference: elementwise((x) => Math.acos(x!)) },
]);
