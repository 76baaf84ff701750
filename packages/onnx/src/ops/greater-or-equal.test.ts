import { checkOp } from "../testing/check-op.ts";
import { greaterOrEqual } from "./greater-or-equal.ts";

checkOp(greaterOrEqual, [{ title: "a row against a matrix", inputs: [{ shape: [2, 3] }, { shape: [3] }] }]);
