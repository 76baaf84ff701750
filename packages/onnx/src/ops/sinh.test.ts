import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { sinh } from "./sinh.ts";

checkOp(sinh, [{ title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => Math.sinh(x!)) }]);
