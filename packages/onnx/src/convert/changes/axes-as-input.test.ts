import { checkChange } from "../../testing/check-change.ts";
import { axesAsInput } from "./axes-as-input.ts";

const axes = { kind: "ints", value: [1] } as const;
const keepdims = { kind: "int", value: 0 } as const;

checkChange(axesAsInput, [
  { title: "Squeeze", op: "Squeeze", opset: 11, inputs: [[2, 1, 3]], attributes: { axes } },
  { title: "Unsqueeze", op: "Unsqueeze", opset: 7, inputs: [[2, 3]], attributes: { axes } },
  { title: "ReduceSum", op: "ReduceSum", opset: 9, inputs: [[2, 3]], attributes: { axes, keepdims } },
  { title: "ReduceMean", op: "ReduceMean", opset: 17, inputs: [[2, 3, 2]], attributes: { axes } },
  { title: "ReduceMax", op: "ReduceMax", opset: 13, inputs: [[2, 3, 2]], attributes: { axes, keepdims } },
  { title: "ReduceL2", op: "ReduceL2", opset: 11, inputs: [[2, 3, 2]], attributes: { axes, keepdims } },
  { title: "ReduceLogSumExp", op: "ReduceLogSumExp", opset: 13, inputs: [[2, 3]], attributes: { axes } },
]);
