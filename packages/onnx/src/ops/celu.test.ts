import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { celu } from "./celu.ts";

checkOp(celu, [
  {
    title: "a matrix",
    inputs: [{ shape: [3, 4] }],
    attributes: { alpha: 1.5 },
    reference: elementwise((x) => (x! > 0 ? x! : 1.5 * Math.expm1(x! / 1.5))),
  },
]);
