import { checkOp } from "../testing/check-op.ts";
import { less } from "./less.ts";

checkOp(less, [{ title: "a row against a matrix", inputs: [{ shape: [2, 3] }, { shape: [3] }] }]);
