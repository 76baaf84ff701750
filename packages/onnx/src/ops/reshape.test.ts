import { checkOp } from "../testing/check-op.ts";
import { reshape } from "./reshape.ts";

checkOp(reshape, [
  {
    title: "an open length",
    inputs: [{ shape: [2, 6] }, { shape: [2], dtype: "int64", values: [3, -1], isConstant: true }],
  },
  {
    title: "a kept length",
    inputs: [{ shape: [2, 6] }, { shape: [3], dtype: "int64", values: [0, 2, 3], isConstant: true }],
  },
  {
    title: "lengths of zero",
    inputs: [{ shape: [0, 3, 4] }, { shape: [3], dtype: "int64", values: [3, 4, 0], isConstant: true }],
    attributes: { allowzero: 1 },
  },
  {
    title: "lengths that only the run tells",
    inputs: [{ shape: [2, 6] }, { shape: [2], dtype: "int64", values: [3, -1] }],
  },
]);
