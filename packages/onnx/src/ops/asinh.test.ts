import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { asinh } from "./asinh.ts";

checkOp(asinh, [{ title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => Math.asinh(x!)) }]);
