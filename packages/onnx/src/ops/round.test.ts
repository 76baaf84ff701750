import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { round } from "./round.ts";

checkOp(round, [{ title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => Math.round(x!)) }]);
