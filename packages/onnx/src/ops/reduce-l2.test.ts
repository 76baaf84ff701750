import { checkOp } from "../testing/check-op.ts";
import { reduceL2 } from "./reduce-l2.ts";

checkOp(reduceL2, [
  { title: "all axes kept", inputs: [{ shape: [2, 3] }] },
  {
    title: "the last axis dropped",
    inputs: [{ shape: [2, 3] }, { shape: [1], dtype: "int64", values: [-1], isConstant: true }],
    attributes: { keepdims: 0 },
  },
]);
