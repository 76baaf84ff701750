import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { hardSwish } from "./hard-swish.ts";

checkOp(hardSwish, [
  {
    title: "all three pieces",
    inputs: [{ shape: [3, 4], range: [-6, 6] }],
    reference: elementwise((x) => x! * Math.min(1, Math.max(0, x! / 6 + 0.5))),
  },
]);
