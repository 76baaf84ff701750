import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { imputer } from "./imputer.ts";

checkOp(imputer, [
  {
    title: "a number that means missing",
    inputs: [{ shape: [2, 2], values: [1, -9, -9, 4] }],
    attributes: { imputed_value_floats: [5], replaced_value_float: -9 },
    reference: ([x]) =>
      float64(
        x!.data.map((value) => (Math.abs(value + 9) < 1e-3 ? 5 : value)),
        [2, 2],
      ),
    isDifferentiableTwice: false,
  },
  {
    title: "two columns",
    inputs: [{ shape: [2, 2] }],
    attributes: { imputed_value_floats: [1, 2], replaced_value_float: Number.NaN },
    reference: ([x]) => x!,
  },
]);
