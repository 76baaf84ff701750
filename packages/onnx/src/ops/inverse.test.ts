import { checkOp } from "../testing/check-op.ts";
import { inverse } from "./inverse.ts";

checkOp(inverse, [{ title: "a stack of matrices", inputs: [{ shape: [2, 3, 3] }] }]);
