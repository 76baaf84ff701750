import { float32 } from "@athanor/core";
import { checkChange } from "../../testing/check-change.ts";
import { resizeCoordinates } from "./resize-coordinates.ts";

const mode = { kind: "string", value: "linear" } as const;

checkChange(resizeCoordinates, [
  {
    title: "nearest",
    op: "Resize",
    opset: 10,
    inputs: [[1, 2, 3, 3], { stored: float32([1, 1, 2.5, 2]) }],
  },
  {
    title: "linear",
    op: "Resize",
    opset: 10,
    inputs: [[1, 2, 3, 3], { stored: float32([1, 1, 2, 2]) }],
    attributes: { mode },
  },
]);
