import { checkOp } from "../testing/check-op.ts";
import { squeeze } from "./squeeze.ts";

checkOp(squeeze, [
  {
    title: "named axes",
    inputs: [{ shape: [1, 2, 1] }, { shape: [1], dtype: "int64", values: [0], isConstant: true }],
  },
  { title: "all of length one", inputs: [{ shape: [1, 2, 1] }] },
]);
