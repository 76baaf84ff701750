import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qGemm } from "./q-gemm.ts";

const scale = (value: number) => ({ shape: [], values: [value], isConstant: true }) satisfies SampleInput;
const zero = (value: number) =>
  ({ shape: [], dtype: "uint8", values: [value], isConstant: true }) satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qGemm, [
  {
    title: "a transposed weight and a bias",
    inputs: [
      { shape: [1, 2], dtype: "uint8", values: [3, 5] },
      scale(0.5),
      zero(1),
      { shape: [2, 2], dtype: "uint8", values: [1, 2, 3, 4] },
      scale(0.5),
      zero(0),
      { shape: [2], dtype: "int32", values: [4, -8] },
      scale(0.5),
      zero(3),
    ],
    attributes: { transB: 1, alpha: 1 },
    hasGradient: false,
    reference: () => float64([10, 10], [1, 2]),
  },
]);
