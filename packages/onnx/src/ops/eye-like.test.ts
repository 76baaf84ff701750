import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { eyeLike } from "./eye-like.ts";

checkOp(eyeLike, [
  {
    title: "above the diagonal",
    inputs: [{ shape: [2, 3] }],
    attributes: { k: 1 },
    reference: () => float64([0, 1, 0, 0, 0, 1], [2, 3]),
  },
  { title: "whole numbers", inputs: [{ shape: [3, 2] }], attributes: { dtype: 7 }, hasGradient: false },
]);
