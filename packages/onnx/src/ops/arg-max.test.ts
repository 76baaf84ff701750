import { checkOp } from "../testing/check-op.ts";
import { argMax } from "./arg-max.ts";

checkOp(argMax, [
  { title: "the last axis dropped", inputs: [{ shape: [2, 3] }], attributes: { axis: -1, keepdims: 0 } },
]);
