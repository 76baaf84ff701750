import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qLinearConcat } from "./q-linear-concat.ts";

const scale = (value: number) => ({ shape: [], values: [value], isConstant: true }) satisfies SampleInput;
const zero = (value: number) =>
  ({ shape: [], dtype: "uint8", values: [value], isConstant: true }) satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qLinearConcat, [
  {
    title: "two scales",
    inputs: [
      scale(0.5),
      zero(10),
      { shape: [1, 2], dtype: "uint8", values: [1, 3] },
      scale(0.5),
      zero(1),
      { shape: [1, 1], dtype: "uint8", values: [4] },
      scale(1),
      zero(0),
    ],
    attributes: { axis: 1 },
    hasGradient: false,
    reference: () => float64([10, 12, 18], [1, 3]),
  },
]);
