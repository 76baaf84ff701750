import { checkOp } from "../testing/check-op.ts";
import { constantOfShape } from "./constant-of-shape.ts";

checkOp(constantOfShape, [
  { title: "zeros", inputs: [{ shape: [2], dtype: "int64", values: [2, 3], isConstant: true }] },
  { title: "lengths that only the run tells", inputs: [{ shape: [2], dtype: "int64", values: [2, 3] }] },
]);
