import { checkOp } from "../testing/check-op.ts";
import { topK } from "./top-k.ts";

checkOp(topK, [
  {
    title: "two of four",
    inputs: [{ shape: [2, 4] }, { shape: [1], dtype: "int64", values: [2], isConstant: true }],
    outputs: 2,
  },
  {
    title: "a count that only the run tells",
    inputs: [{ shape: [2, 4] }, { shape: [1], dtype: "int64", values: [3] }],
    outputs: 2,
  },
]);
