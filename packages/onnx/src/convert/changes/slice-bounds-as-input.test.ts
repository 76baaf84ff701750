import { checkChange } from "../../testing/check-change.ts";
import { sliceBoundsAsInput } from "./slice-bounds-as-input.ts";

const starts = { kind: "ints", value: [1, -2] } as const;
const ends = { kind: "ints", value: [9, 4] } as const;

checkChange(sliceBoundsAsInput, [
  { title: "the first axes", op: "Slice", opset: 9, inputs: [[3, 4]], attributes: { starts, ends } },
  {
    title: "given axes",
    op: "Slice",
    opset: 7,
    inputs: [[3, 4]],
    attributes: { starts, ends, axes: { kind: "ints", value: [0, 1] } },
  },
]);
