import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qLinearSigmoid } from "./q-linear-sigmoid.ts";

const scale = (value: number) => ({ shape: [], values: [value], isConstant: true }) satisfies SampleInput;
const zero = (value: number) =>
  ({ shape: [], dtype: "uint8", values: [value], isConstant: true }) satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qLinearSigmoid, [
  {
    title: "a table",
    inputs: [{ shape: [3], dtype: "uint8", values: [0, 128, 255] }, scale(0.05), zero(128), scale(0.00390625), zero(0)],
    hasGradient: false,
    reference: () => float64([0, 128, 255]),
  },
]);
