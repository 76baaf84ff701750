import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qLinearAdd } from "./q-linear-add.ts";

const scale = (value: number) => ({ shape: [], values: [value], isConstant: true }) satisfies SampleInput;
const zero = (value: number) =>
  ({ shape: [], dtype: "uint8", values: [value], isConstant: true }) satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qLinearAdd, [
  {
    title: "broadcast over rows",
    inputs: [
      { shape: [2, 2], dtype: "uint8", values: [1, 3, 5, 250] },
      scale(0.5),
      zero(1),
      { shape: [2], dtype: "uint8", values: [2, 4] },
      scale(1),
      zero(0),
      scale(0.5),
      zero(10),
    ],
    hasGradient: false,
    reference: () => float64([14, 20, 18, 255], [2, 2]),
  },
]);
