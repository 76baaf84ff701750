import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { ceil } from "./ceil.ts";

checkOp(ceil, [{ title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => Math.ceil(x!)) }]);
