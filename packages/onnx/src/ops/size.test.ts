import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { size } from "./size.ts";

checkOp(size, [{ title: "a matrix", inputs: [{ shape: [2, 3] }], reference: () => float64([6], []) }]);
