import { checkOp } from "../testing/check-op.ts";
import { oneHot } from "./one-hot.ts";

checkOp(oneHot, [
  {
    title: "the last axis",
    inputs: [
      { shape: [2], dtype: "int64", values: [0, 2] },
      { shape: [], dtype: "int64", values: [3], isConstant: true },
      { shape: [2], values: [0, 1] },
    ],
    hasGradient: false,
  },
]);
