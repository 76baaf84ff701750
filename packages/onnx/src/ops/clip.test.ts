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
]);
