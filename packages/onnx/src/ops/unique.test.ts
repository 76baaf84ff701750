import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { unique } from "./unique.ts";

checkOp(unique, [
  {
    title: "elements, with where they were found and how often",
    inputs: [{ shape: [2, 3], values: [3, 1, 1, 2, 3, 3] }],
    outputs: 4,
    reference: () => float64([1, 2, 3]),
  },
  {
    title: "rows",
    inputs: [{ shape: [3, 2], values: [1, 2, 1, 2, 0, 1] }],
    attributes: { axis: 0 },
    outputs: 3,
    reference: () => float64([0, 1, 1, 2], [2, 2]),
  },
]);
