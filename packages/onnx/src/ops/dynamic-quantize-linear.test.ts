import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { dynamicQuantizeLinear } from "./dynamic-quantize-linear.ts";

// Steps have no slope: what passes through them is tested with the walk.
checkOp(dynamicQuantizeLinear, [
  {
    title: "the whole range of the values",
    inputs: [{ shape: [3], values: [0, 51, 255] }],
    outputs: 3,
    hasGradient: false,
    reference: () => float64([0, 51, 255]),
  },
]);
