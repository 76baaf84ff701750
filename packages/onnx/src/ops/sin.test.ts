import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { sin } from "./sin.ts";

checkOp(sin, [{ title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => Math.sin(x!)) }]);
