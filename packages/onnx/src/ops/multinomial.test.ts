import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { multinomial } from "./multinomial.ts";

checkOp(multinomial, [
  {
    title: "certain draws",
    inputs: [{ shape: [2, 2], values: [0, -1000, -1000, 0] }],
    attributes: { sample_size: 3 },
    reference: () => float64([0, 0, 0, 1, 1, 1], [2, 3]),
  },
  { title: "wide numbers", inputs: [{ shape: [2, 4] }], attributes: { dtype: 7 } },
]);
