import { checkOp } from "../testing/check-op.ts";
import { where } from "./where.ts";

checkOp(where, [
  {
    title: "a row of conditions",
    inputs: [{ shape: [3], dtype: "bool", values: [0, 1, 1] }, { shape: [2, 3] }, { shape: [2, 1] }],
  },
]);
