import { checkOp } from "../testing/check-op.ts";
import { reduceLogSum } from "./reduce-log-sum.ts";

checkOp(reduceLogSum, [
  { title: "all axes kept", inputs: [{ shape: [2, 3], range: [0.5, 2] }] },
  {
    title: "the last axis dropped",
    inputs: [
      { shape: [2, 3], range: [0.5, 2] },
      { shape: [1], dtype: "int64", values: [-1], isConstant: true },
    ],
    attributes: { keepdims: 0 },
  },
]);
