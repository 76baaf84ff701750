import { checkOp } from "../testing/check-op.ts";
import { expand } from "./expand.ts";

checkOp(expand, [
  { title: "rows", inputs: [{ shape: [1, 3] }, { shape: [2], dtype: "int64", values: [2, 3], isConstant: true }] },
  { title: "new axes", inputs: [{ shape: [3] }, { shape: [3], dtype: "int64", values: [2, 2, 3], isConstant: true }] },
  {
    title: "lengths that only the run tells",
    inputs: [{ shape: [1, 3] }, { shape: [2], dtype: "int64", values: [2, 3] }],
  },
]);
