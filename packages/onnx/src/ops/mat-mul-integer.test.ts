import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { matMulInteger } from "./mat-mul-integer.ts";

// Steps have no slope: what passes through them is tested with the walk.
checkOp(matMulInteger, [
  {
    title: "a zero point on the left",
    inputs: [
      { shape: [1, 2], dtype: "uint8", values: [130, 126] },
      { shape: [2, 2], dtype: "int8", values: [1, -2, 3, 4] },
      { shape: [], dtype: "uint8", values: [128] },
    ],
    hasGradient: false,
    reference: () => float64([-4, -12], [1, 2]),
  },
]);
