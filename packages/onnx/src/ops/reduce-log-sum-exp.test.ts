import { checkOp } from "../testing/check-op.ts";
import { reduceLogSumExp } from "./reduce-log-sum-exp.ts";

checkOp(reduceLogSumExp, [
  { title: "all axes kept", inputs: [{ shape: [2, 3] }] },
  {
    title: "the last axis dropped",
    inputs: [{ shape: [2, 3] }, { shape: [1], dtype: "int64", values: [-1], isConstant: true }],
    attributes: { keepdims: 0 },
  },
]);
