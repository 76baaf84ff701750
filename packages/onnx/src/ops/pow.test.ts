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
    title: "powers 0 and 1 of zero",
    inputs: [
      { shape: [3], values: [0, 0, 2] },
      { shape: [3], values: [0, 1, 0], isConstant: true },
    ],
  },
  {
    title: "power 0",
    inputs: [
      { shape: [2], values: [0, 2] },
      { shape: [], values: [0], isConstant: true },
    ],
  },
  {
    title: "power 1",
    inputs: [
      { shape: [2], values: [0, 2] },
      { shape: [], values: [1], isConstant: true },
    ],
  },
  {
    title: "a whole exponent",
    inputs: [{ shape: [2, 3] }, { shape: [3], dtype: "int64", values: [1, 2, 3] }],
  },
]);
