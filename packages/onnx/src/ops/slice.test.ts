import { checkOp } from "../testing/check-op.ts";
import { slice } from "./slice.ts";

checkOp(slice, [
  {
    title: "a range",
    inputs: [
      { shape: [4, 3] },
      { shape: [1], dtype: "int64", values: [1], isConstant: true },
      { shape: [1], dtype: "int64", values: [3], isConstant: true },
      { shape: [1], dtype: "int64", values: [0], isConstant: true },
    ],
  },
  {
    title: "with steps",
    inputs: [
      { shape: [5, 3] },
      { shape: [2], dtype: "int64", values: [0, 0], isConstant: true },
      { shape: [2], dtype: "int64", values: [5, 3], isConstant: true },
      { shape: [2], dtype: "int64", values: [0, 1], isConstant: true },
      { shape: [2], dtype: "int64", values: [2, 1], isConstant: true },
    ],
  },
  {
    title: "backwards",
    inputs: [
      { shape: [5] },
      { shape: [1], dtype: "int64", values: [-1], isConstant: true },
      { shape: [1], dtype: "int64", values: [-6], isConstant: true },
      { shape: [1], dtype: "int64", values: [0], isConstant: true },
      { shape: [1], dtype: "int64", values: [-2], isConstant: true },
    ],
  },
  {
    title: "bounds that only the run tells",
    inputs: [
      { shape: [4, 3] },
      { shape: [1], dtype: "int64", values: [-3] },
      { shape: [1], dtype: "int64", values: [4] },
      { shape: [1], dtype: "int64", values: [0], isConstant: true },
    ],
  },
  {
    title: "axes and steps that only the run tells",
    inputs: [
      { shape: [4, 5] },
      { shape: [2], dtype: "int64", values: [3, 1] },
      { shape: [2], dtype: "int64", values: [-9, 5] },
      { shape: [2], dtype: "int64", values: [0, 1] },
      { shape: [2], dtype: "int64", values: [-2, 2] },
    ],
  },
]);
