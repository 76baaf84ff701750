import { checkOp } from "../testing/check-op.ts";
import { sum } from "./sum.ts";

checkOp(sum, [{ title: "three operands", inputs: [{ shape: [2, 3] }, { shape: [3] }, { shape: [2, 1] }] }]);
