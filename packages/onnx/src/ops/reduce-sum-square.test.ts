import { checkOp } from "../testing/check-op.ts";
import { reduceSumSquare } from "./reduce-sum-square.ts";

checkOp(reduceSumSquare, [
  { title: "all axes kept", inputs: [{ shape: [2, 3] }] },
  {
    title: "the last axis dropped",
    inputs: [{ shape: [2, 3] }, { shape: [1], dtype: "int64", values: [-1], isConstant: true }],
    attributes: { keepdims: 0 },
  },
]);
