import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { acosh } from "./acosh.ts";

checkOp(acosh, [
  { title: "a matrix", inputs: [{ shape: [3, 4], range: [1.2, 3] }], reference: elementwise((x) => Math.acosh(x!)) },
]);
