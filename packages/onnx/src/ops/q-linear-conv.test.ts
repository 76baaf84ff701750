import { float64 } from "@athanor/core";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { qLinearConv } from "./q-linear-conv.ts";

const scale = (value: number) => ({ shape: [], values: [value], isConstant: true }) satisfies SampleInput;
const zero = { shape: [], dtype: "uint8", values: [1], isConstant: true } satisfies SampleInput;

// Steps have no slope: what passes through them is tested with the walk.
checkOp(qLinearConv, [
  {
    title: "one by one, padded",
    inputs: [
      { shape: [1, 1, 2, 2], dtype: "uint8", values: [1, 3, 5, 7] },
      scale(0.5),
      zero,
      { shape: [1, 1, 1, 1], dtype: "uint8", values: [3], isConstant: true },
      scale(1),
      zero,
      scale(0.5),
      zero,
    ],
    attributes: { pads: [0, 1, 0, 0] },
    hasGradient: false,
    reference: () => float64([1, 1, 5, 1, 9, 13], [1, 1, 2, 3]),
  },
]);
