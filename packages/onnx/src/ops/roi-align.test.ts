import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { roiAlign } from "./roi-align.ts";

checkOp(roiAlign, [
  {
    title: "the mean of a region",
    inputs: [
      { shape: [1, 1, 2, 2], values: [1, 2, 3, 4] },
      { shape: [1, 4], values: [0, 0, 2, 2] },
      { shape: [1], dtype: "int64", values: [0] },
    ],
    attributes: { output_height: 1, output_width: 1, sampling_ratio: 2 },
    reference: () => float64([2.5], [1, 1, 1, 1]),
  },
]);
