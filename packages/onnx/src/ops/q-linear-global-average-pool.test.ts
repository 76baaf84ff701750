import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qLinearGlobalAveragePool } from "./q-linear-global-average-pool.ts";

const scale = (value: number) => ({ shape: [], values: [value], isConstant: true }) satisfies SampleInput;
const zero = (value: number) =>
  ({ shape: [], dtype: "uint8", values: [value], isConstant: true }) satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qLinearGlobalAveragePool, [
  {
    title: "an image",
    inputs: [{ shape: [1, 2, 1, 2], dtype: "uint8", values: [2, 4, 10, 20] }, scale(1), zero(2), scale(0.5), zero(0)],
    hasGradient: false,
    reference: () => float64([2, 26], [1, 2, 1, 1]),
  },
  {
    title: "channels last",
    inputs: [{ shape: [1, 1, 2, 2], dtype: "uint8", values: [2, 10, 4, 20] }, scale(1), zero(2), scale(0.5), zero(0)],
    attributes: { channels_last: 1 },
    hasGradient: false,
    reference: () => float64([2, 26], [1, 1, 1, 2]),
  },
]);
