import { checkChange } from "../../testing/check-change.ts";
import { gridSampleModes } from "./grid-sample-modes.ts";

checkChange(gridSampleModes, [
  {
    title: "linear by default",
    op: "GridSample",
    opset: 16,
    inputs: [
      [1, 2, 4, 4],
      [1, 3, 3, 2],
    ],
  },
  {
    title: "cubic",
    op: "GridSample",
    opset: 16,
    inputs: [
      [1, 2, 4, 4],
      [1, 3, 3, 2],
    ],
    attributes: { mode: { kind: "string", value: "bicubic" } },
  },
]);
