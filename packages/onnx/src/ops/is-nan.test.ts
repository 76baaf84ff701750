import { checkOp } from "../testing/check-op.ts";
import { isNan } from "./is-nan.ts";

checkOp(isNan, [{ title: "a matrix", inputs: [{ shape: [2, 3] }] }]);
