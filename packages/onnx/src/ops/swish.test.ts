import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { swish } from "./swish.ts";

checkOp(swish, [
  {
    title: "a slope of its own",
    inputs: [{ shape: [3, 4] }],
    attributes: { alpha: 1.5 },
    reference: elementwise((x) => x! / (1 + Math.exp(-1.5 * x!))),
  },
]);
