import { checkOp } from "../testing/check-op.ts";
import { reduceSum } from "./reduce-sum.ts";

checkOp(reduceSum, [
  { title: "all axes dropped", inputs: [{ shape: [2, 3] }], attributes: { keepdims: 0 } },
  {
    title: "the last axis kept",
    inputs: [{ shape: [2, 3] }, { shape: [1], dtype: "int64", values: [-1], isConstant: true }],
  },
  {
    title: "the first axis dropped",
    inputs: [{ shape: [2, 3] }, { shape: [1], dtype: "int64", values: [0], isConstant: true }],
    attributes: { keepdims: 0 },
  },
  {
    title: "an axis of no elements",
    inputs: [{ shape: [2, 0, 3] }, { shape: [1], dtype: "int64", values: [1], isConstant: true }],
  },
  {
    title: "no axes: nothing to do",
    inputs: [{ shape: [2, 3] }],
    attributes: { noop_with_empty_axes: 1 },
  },
]);
