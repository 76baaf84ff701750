import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { mean } from "./mean.ts";

checkOp(mean, [
  {
    title: "three, one of them a scalar",
    inputs: [{ shape: [2, 3] }, { shape: [2, 3] }, { shape: [] }],
    reference: elementwise((...numbers) => numbers.reduce((a, b) => a + b) / 3),
  },
]);
