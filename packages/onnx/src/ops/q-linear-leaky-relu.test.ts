import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qLinearLeakyRelu } from "./q-linear-leaky-relu.ts";

const scale = (value: number) => ({ shape: [], values: [value], isConstant: true }) satisfies SampleInput;
const zero = (value: number) =>
  ({ shape: [], dtype: "uint8", values: [value], isConstant: true }) satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qLinearLeakyRelu, [
  {
    title: "a slope",
    inputs: [{ shape: [3], dtype: "uint8", values: [0, 128, 255] }, scale(0.5), zero(128), scale(0.5), zero(100)],
    attributes: { alpha: 0.25 },
    hasGradient: false,
    reference: () => float64([68, 100, 227]),
  },
]);
