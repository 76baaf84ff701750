import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { selu } from "./selu.ts";

checkOp(selu, [
  {
    title: "a matrix",
    inputs: [{ shape: [3, 4] }],
    reference: elementwise((x) => 1.0507010221481323 * (x! > 0 ? x! : 1.6732631921768188 * Math.expm1(x!))),
  },
]);
