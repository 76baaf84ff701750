import { checkChange } from "../../testing/check-change.ts";
import { softmaxFlattening } from "./softmax-flattening.ts";

checkChange(softmaxFlattening, [
  { title: "the default axis", op: "Softmax", opset: 9, inputs: [[2, 3, 4]] },
  {
    title: "the first axis",
    op: "LogSoftmax",
    opset: 11,
    inputs: [[2, 3]],
    attributes: { axis: { kind: "int", value: 0 } },
  },
  { title: "of the greatest", op: "Hardmax", opset: 12, inputs: [[2, 3, 4]] },
]);
