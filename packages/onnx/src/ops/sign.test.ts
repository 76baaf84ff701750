import { checkOp } from "../testing/check-op.ts";
import { sign } from "./sign.ts";

checkOp(sign, [{ title: "a matrix", inputs: [{ shape: [2, 3] }] }]);
