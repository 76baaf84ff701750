import { checkOp } from "../testing/check-op.ts";
import { pad } from "./pad.ts";

checkOp(pad, [
  {
    title: "zeros around",
    inputs: [{ shape: [2, 3] }, { shape: [4], dtype: "int64", values: [1, 0, 0, 2], isConstant: true }],
  },
]);
