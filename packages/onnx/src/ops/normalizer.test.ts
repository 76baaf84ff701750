import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { normalizer } from "./normalizer.ts";

checkOp(normalizer, [
  {
    title: "rows by their length",
    inputs: [{ shape: [2, 2], values: [3, 4, 0, -2] }],
    attributes: { norm: "L2" },
    reference: () => float64([0.6, 0.8, 0, -1], [2, 2]),
  },
]);
