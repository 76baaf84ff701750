import { checkChange } from "../../testing/check-change.ts";
import { splitCount } from "./split-count.ts";

checkChange(splitCount, [
  { title: "equal parts", op: "Split", opset: 13, inputs: [[4, 3]], outputs: ["float32", "float32"] },
  {
    title: "equal parts of the first versions",
    op: "Split",
    opset: 7,
    inputs: [[4, 3]],
    outputs: ["float32", "float32"],
  },
]);
