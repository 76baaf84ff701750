import { checkChange } from "../../testing/check-change.ts";
import { splitSizesAsInput } from "./split-sizes-as-input.ts";

const axis = { kind: "int", value: 1 } as const;

checkChange(splitSizesAsInput, [
  {
    title: "unequal parts",
    op: "Split",
    opset: 7,
    inputs: [[2, 5]],
    attributes: { axis, split: { kind: "ints", value: [2, 3] } },
    outputs: ["float32", "float32"],
  },
]);
