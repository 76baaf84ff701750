import { checkOp } from "../testing/check-op.ts";
import { equal } from "./equal.ts";

checkOp(equal, [{ title: "a row against a matrix", inputs: [{ shape: [2, 3] }, { shape: [3] }] }]);
