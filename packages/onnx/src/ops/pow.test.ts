import { checkOp } from "../testing/check-op.ts";
import { pow } from "./pow.ts";

checkOp(pow, [
  { title: "matrices", inputs: [{ shape: [2, 3], range: [0.5, 2] }, { shape: [2, 3] }] },
  {
    title: "a scalar exponent",
    inputs: [
      { shape: [2, 3], range: [0.5, 2] },
      { shape: [], values: [3] },
    ],
  },
  {
    title: "a square of either sign",
    inputs: [{ shape: [2, 3] }, { shape: [], values: [2], isConstant: true }],
  },
  {
    title: "a whole exponent",
    inputs: [{ shape: [2, 3] }, { shape: [3], dtype: "int64", values: [1, 2, 3] }],
  },
]);
