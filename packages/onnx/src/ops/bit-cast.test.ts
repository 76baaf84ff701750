import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { bitCast } from "./bit-cast.ts";

checkOp(bitCast, [
  {
    title: "a float as a whole number",
    inputs: [{ shape: [2], values: [0, 1] }],
    attributes: { to: 6 },
    reference: () => float64([0, 0x3f800000]),
  },
]);
