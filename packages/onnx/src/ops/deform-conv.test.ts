import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { deformConv } from "./deform-conv.ts";

checkOp(deformConv, [
  {
    title: "taps moved to the right",
    inputs: [
      { shape: [1, 1, 2, 2], values: [1, 2, 3, 4] },
      { shape: [1, 1, 1, 1], values: [2] },
      { shape: [1, 2, 2, 2], values: [0, 0, 0, 0, 1, 0, 1, 0] },
    ],
    reference: () => float64([4, 4, 8, 8], [1, 1, 2, 2]),
  },
]);
