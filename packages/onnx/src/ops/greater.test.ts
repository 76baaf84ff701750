import { checkOp } from "../testing/check-op.ts";
import { greater } from "./greater.ts";

checkOp(greater, [{ title: "a row against a matrix", inputs: [{ shape: [2, 3] }, { shape: [3] }] }]);
