import { float64 } from "@athanor/core";
import { checkOp, type OpSample } from "../testing/check-op.ts";
import { roiAlign } from "./roi-align.ts";

const regions = [0.2, 0.4, 4.7, 3.1, -0.6, 1.2, 2.9, 5.3, 1.1, 0.7, 1.6, 1.3];
const sample = (title: string, attributes: Readonly<Record<string, unknown>>, batch = 2): OpSample => ({
  title,
  inputs: [
    { shape: [batch, 2, 4, 5] },
    { shape: [3, 4], values: regions },
    { shape: [3], dtype: "int64", values: batch === 1 ? [0, 0, 0] : [1, 0, 1] },
  ],
  attributes: { output_height: 2, output_width: 3, ...attributes },
});

const { inputs, ...means } = sample("as many regions as the run tells", { sampling_ratio: 2 });

checkOp(roiAlign, [
  { ...means, inputs: inputs.map((input, i) => ({ ...input!, isOpen: i > 0 })) },
  sample("means of two by two points", { sampling_ratio: 2 }),
  sample("one image", { sampling_ratio: 2, spatial_scale: 0.9 }, 1),
  sample("as many points as a region covers elements", {}),
  sample("corners not moved by half an element", { coordinate_transformation_mode: "output_half_pixel" }),
  sample("the largest", { mode: "max", sampling_ratio: 2 }),
  {
    title: "the mean of a region",
    inputs: [
      { shape: [1, 1, 2, 2], values: [1, 2, 3, 4] },
      { shape: [1, 4], values: [0, 0, 2, 2], isConstant: true },
      { shape: [1], dtype: "int64", values: [0] },
    ],
    attributes: { output_height: 1, output_width: 1, sampling_ratio: 2 },
    reference: ([x]) => float64([x!.data.reduce((sum, value) => sum + value / 4, 0)], [1, 1, 1, 1]),
  },
]);
