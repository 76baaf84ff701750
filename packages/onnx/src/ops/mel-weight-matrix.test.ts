import { checkOp } from "../testing/check-op.ts";
import { melWeightMatrix } from "./mel-weight-matrix.ts";

const scalar = (value: number, dtype: "int64" | "float32" = "int64") => ({
  shape: [],
  dtype,
  values: [value],
  isConstant: true,
});

checkOp(melWeightMatrix, [
  {
    title: "eight bands",
    inputs: [scalar(8), scalar(16), scalar(8192), scalar(0, "float32"), scalar(4096, "float32")],
  },
]);
