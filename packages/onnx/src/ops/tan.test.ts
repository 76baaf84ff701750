import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { tan } from "./tan.ts";

checkOp(tan, [
  { title: "a matrix", inputs: [{ shape: [3, 4], range: [-1, 1] }], reference: elementwise((x) => Math.tan(x!)) },
]);
