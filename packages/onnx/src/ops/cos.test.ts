import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { cos } from "./cos.ts";

checkOp(cos, [{ title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => Math.cos(x!)) }]);
