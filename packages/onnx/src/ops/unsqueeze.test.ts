import { checkOp } from "../testing/check-op.ts";
import { unsqueeze } from "./unsqueeze.ts";

checkOp(unsqueeze, [
  {
    title: "front and back",
    inputs: [{ shape: [2, 3] }, { shape: [2], dtype: "int64", values: [0, -1], isConstant: true }],
  },
]);
