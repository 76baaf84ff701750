import { float32 } from "@athanor/core";
import { checkChange } from "../../testing/check-change.ts";
import { upsample } from "./upsample.ts";

const mode = { kind: "string", value: "linear" } as const;
const scales = { kind: "floats", value: [1, 1, 2, 3] } as const;

checkChange(upsample, [
  { title: "scales as an attribute", op: "Upsample", opset: 7, inputs: [[1, 2, 3, 3]], attributes: { scales } },
  {
    title: "scales as an input, linear",
    op: "Upsample",
    opset: 9,
    inputs: [[1, 2, 3, 3], { stored: float32([1, 1, 2, 2]) }],
    attributes: { mode },
  },
]);
