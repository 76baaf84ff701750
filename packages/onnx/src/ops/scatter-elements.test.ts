import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { scatterElements } from "./scatter-elements.ts";

const indices = (...values: number[]) => ({ shape: [2, 2], dtype: "int64", values }) satisfies SampleInput;
const twice = [{ shape: [3, 2] }, indices(0, 1, 0, 2), { shape: [2, 2] }];

checkOp(scatterElements, [
  { title: "replaced", inputs: [{ shape: [3, 2] }, indices(0, 1, 2, 0), { shape: [2, 2] }] },
  {
    title: "replaced along the last axis",
    inputs: [{ shape: [2, 3] }, indices(0, -1, 2, 0), { shape: [2, 2] }],
    attributes: { axis: -1 },
  },
  { title: "added, one twice", inputs: twice, attributes: { reduction: "add" } },
  { title: "multiplied, one twice", inputs: twice, attributes: { reduction: "mul" } },
  { title: "the largest kept", inputs: twice, attributes: { reduction: "max" } },
  { title: "the smallest kept", inputs: twice, attributes: { reduction: "min" } },
]);
