import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { matMulIntegerToFloat } from "./mat-mul-integer-to-float.ts";

checkOp(matMulIntegerToFloat, [
  {
    title: "scales on both sides",
    inputs: [
      { shape: [1, 2], dtype: "uint8", values: [3, 4] },
      { shape: [2, 2], dtype: "int8", values: [1, -2, 3, 4] },
      { shape: [1], values: [0.5] },
      { shape: [1], values: [2] },
    ],
    reference: ([, , a, b]) =>
      float64(
        [15, 10].map((sum) => sum * a!.data[0]! * b!.data[0]!),
        [1, 2],
      ),
  },
]);
