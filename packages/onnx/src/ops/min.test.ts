import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { min } from "./min.ts";

checkOp(min, [
  { title: "matrices", inputs: [{ shape: [2, 3] }, { shape: [2, 3] }] },
  { title: "a row", inputs: [{ shape: [2, 3] }, { shape: [3] }] },
  { title: "one operand", inputs: [{ shape: [2, 3] }] },
  {
    title: "three, one of them a scalar",
    inputs: [{ shape: [2, 3] }, { shape: [2, 3] }, { shape: [] }],
    reference: elementwise(Math.min),
  },
]);
