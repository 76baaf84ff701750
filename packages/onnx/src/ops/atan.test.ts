import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { atan } from "./atan.ts";

checkOp(atan, [{ title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => Math.atan(x!)) }]);
