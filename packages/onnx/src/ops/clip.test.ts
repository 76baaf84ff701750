import { checkOp } from "../testing/check-op.ts";
import { clip } from "./clip.ts";

checkOp(clip, [
  {
    title: "both bounds",
    inputs: [
      { shape: [3, 4] },
      { shape: [], values: [-1], isConstant: true },
      { shape: [], values: [1], isConstant: true },
    ],
  },
  { title: "no upper bound", inputs: [{ shape: [3, 4] }, { shape: [], values: [-1], isConstant: true }] },
  {
    title: "no lower bound",
    inputs: [{ shape: [3, 4] }, undefined, { shape: [], values: [1], isConstant: true }],
  },
  {
    title: "bounds that cross",
    inputs: [{ shape: [3, 4] }, { shape: [], values: [1] }, { shape: [], values: [-1] }],
  },
  {
    title: "bounds that are learned",
    inputs: [{ shape: [3, 4] }, { shape: [], values: [-1] }, { shape: [], values: [1] }],
  },
  {
    title: "bounds that cross",
    inputs: [{ shape: [3, 4] }, { shape: [], values: [1] }, { shape: [], values: [-1] }],
  },
]);
