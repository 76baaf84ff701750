import { checkOp } from "../testing/check-op.ts";
import { lessOrEqual } from "./less-or-equal.ts";

checkOp(lessOrEqual, [{ title: "a row against a matrix", inputs: [{ shape: [2, 3] }, { shape: [3] }] }]);
