import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qLinearMatMul } from "./q-linear-mat-mul.ts";

const scale = (value: number) => ({ shape: [], values: [value] }) satisfies SampleInput;
const zero = (value: number) => ({ shape: [], dtype: "uint8", values: [value] }) satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qLinearMatMul, [
  {
    title: "matrices",
    inputs: [
      { shape: [1, 2], dtype: "uint8", values: [12, 14] },
      scale(0.5),
      zero(10),
      { shape: [2, 1], dtype: "uint8", values: [3, 4] },
      scale(1),
      zero(2),
      scale(0.25),
      zero(5),
    ],
    hasGradient: false,
    reference: () => float64([25], [1, 1]),
  },
]);
