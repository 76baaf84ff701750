import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { quantizeLinear } from "./quantize-linear.ts";

// Steps have no slope: what passes through them is tested with the walk.
checkOp(quantizeLinear, [
  {
    title: "one scale, unsigned",
    inputs: [
      { shape: [4], values: [-1, 0.4, 2, 600] },
      { shape: [], values: [2] },
    ],
    hasGradient: false,
    reference: () => float64([0, 0, 1, 255]),
  },
  {
    title: "a scale and a zero point a column, signed",
    inputs: [
      { shape: [2, 2], values: [1, 2, -3, 4] },
      { shape: [2], values: [0.5, 1] },
      { shape: [2], dtype: "int8", values: [0, 10] },
    ],
    attributes: { axis: 1 },
    hasGradient: false,
    reference: () => float64([2, 12, -6, 14], [2, 2]),
  },
  {
    title: "a type of its own",
    inputs: [{ shape: [4] }, { shape: [] }],
    attributes: { output_dtype: 5 },
    hasGradient: false,
  },
]);
