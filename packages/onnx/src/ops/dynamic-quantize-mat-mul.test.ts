import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { dynamicQuantizeMatMul } from "./dynamic-quantize-mat-mul.ts";

// Steps have no slope: what passes through them is tested with the walk.
checkOp(dynamicQuantizeMatMul, [
  {
    title: "a zero point and a bias",
    inputs: [
      { shape: [1, 2], values: [0, 255] },
      { shape: [2, 1], dtype: "uint8", values: [7, 130], isConstant: true },
      { shape: [1], values: [0.5], isConstant: true },
      { shape: [1], dtype: "uint8", values: [128], isConstant: true },
      { shape: [1], values: [10], isConstant: true },
    ],
    hasGradient: false,
    reference: () => float64([265], [1, 1]),
  },
]);
