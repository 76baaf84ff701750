import { int64 } from "@athanor/core";
import { checkChange } from "../../testing/check-change.ts";
import { scatterElements } from "./scatter-elements.ts";

checkChange(scatterElements, [
  { title: "rows", op: "Scatter", opset: 9, inputs: [[3, 2], int64([2, 0], [1, 2]), [1, 2]] },
]);
