import { checkChange } from "../../testing/check-change.ts";
import { swish } from "./swish.ts";

checkChange(swish, [
  { title: "plain", op: "Swish", opset: 24, inputs: [[2, 3]] },
  {
    title: "with a slope",
    op: "Swish",
    opset: 24,
    inputs: [[2, 3]],
    attributes: { alpha: { kind: "float", value: 1.75 } },
  },
]);
