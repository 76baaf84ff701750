import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { convInteger } from "./conv-integer.ts";

// Steps have no slope: what passes through them is tested with the walk.
checkOp(convInteger, [
  {
    title: "a series with a zero point",
    inputs: [
      { shape: [1, 1, 4, 1], dtype: "uint8", values: [2, 3, 4, 6] },
      { shape: [1, 1, 2, 1], dtype: "uint8", values: [1, 2] },
      { shape: [], dtype: "uint8", values: [1] },
    ],
    hasGradient: false,
    reference: () => float64([5, 8, 13], [1, 1, 3, 1]),
  },
]);
