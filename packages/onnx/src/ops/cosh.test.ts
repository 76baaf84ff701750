import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { cosh } from "./cosh.ts";

checkOp(cosh, [{ title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => Math.cosh(x!)) }]);
