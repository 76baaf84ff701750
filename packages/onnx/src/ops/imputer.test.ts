import { checkOp } from "../testing/check-op.ts";
import { imputer } from "./imputer.ts";

checkOp(imputer, [
  {
    title: "two columns",
    inputs: [{ shape: [2, 2] }],
    attributes: { imputed_value_floats: [1, 2], replaced_value_float: Number.NaN },
  },
]);
