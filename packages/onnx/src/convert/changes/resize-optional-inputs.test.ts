import { float32, int64 } from "@athanor/core";
import { checkChange } from "../../testing/check-change.ts";
import { resizeOptionalInputs } from "./resize-optional-inputs.ts";

const none = { stored: float32([]) };

checkChange(resizeOptionalInputs, [
  {
    title: "scales beside an empty region",
    op: "Resize",
    opset: 11,
    inputs: [[1, 2, 3, 3], none, { stored: float32([1, 1, 2, 2]) }],
  },
  {
    title: "sizes beside empty scales",
    op: "Resize",
    opset: 12,
    inputs: [[1, 2, 3, 3], none, none, { stored: int64([1, 2, 5, 4]) }],
  },
]);
