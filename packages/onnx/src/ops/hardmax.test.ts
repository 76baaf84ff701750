import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { hardmax } from "./hardmax.ts";

checkOp(hardmax, [
  {
    title: "columns",
    inputs: [{ shape: [2, 2], values: [1, 5, 4, 3] }],
    attributes: { axis: 0 },
    reference: () => float64([0, 1, 1, 0], [2, 2]),
  },
]);
