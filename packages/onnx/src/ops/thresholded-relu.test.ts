import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { thresholdedRelu } from "./thresholded-relu.ts";

checkOp(thresholdedRelu, [
  {
    title: "a matrix",
    inputs: [{ shape: [3, 4] }],
    attributes: { alpha: 0.5 },
    reference: elementwise((x) => (x! > 0.5 ? x! : 0)),
  },
]);
