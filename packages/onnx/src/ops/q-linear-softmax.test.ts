import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qLinearSoftmax } from "./q-linear-softmax.ts";

const scale = (value: number) => ({ shape: [], values: [value], isConstant: true }) satisfies SampleInput;
const zero = (value: number) =>
  ({ shape: [], dtype: "uint8", values: [value], isConstant: true }) satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qLinearSoftmax, [
  {
    title: "rows",
    inputs: [{ shape: [1, 2], dtype: "uint8", values: [10, 10] }, scale(0.5), zero(0), scale(0.00390625), zero(0)],
    attributes: { axis: -1, opset: 13 },
    hasGradient: false,
    reference: () => float64([128, 128], [1, 2]),
  },
]);
