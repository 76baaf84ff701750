import { checkOp } from "../testing/check-op.ts";
import { dropout } from "./dropout.ts";

checkOp(dropout, [{ title: "inference", inputs: [{ shape: [2, 3] }] }]);
