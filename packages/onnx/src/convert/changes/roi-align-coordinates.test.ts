import { float32, int64 } from "@athanor/core";
import { checkChange } from "../../testing/check-change.ts";
import { roiAlignCoordinates } from "./roi-align-coordinates.ts";

checkChange(roiAlignCoordinates, [
  {
    title: "two regions",
    op: "RoiAlign",
    opset: 10,
    inputs: [[1, 2, 6, 6], float32([0, 0, 3, 4, 1, 1, 5, 5], [2, 4]), int64([0, 0])],
    attributes: {
      output_height: { kind: "int", value: 2 },
      output_width: { kind: "int", value: 2 },
      sampling_ratio: { kind: "int", value: 2 },
    },
  },
]);
