import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { bernoulli } from "./bernoulli.ts";

checkOp(bernoulli, [
  {
    title: "certain draws, the wrong way round",
    inputs: [{ shape: [4], values: [0, 1, 1, 0] }],
    hasGradient: false,
    reference: elementwise((x) => 1 - x!),
  },
  { title: "the input's type", inputs: [{ shape: [2, 3], range: [0, 1] }], hasGradient: false },
  { title: "flags", inputs: [{ shape: [2, 3], range: [0, 1] }], attributes: { dtype: 9 }, hasGradient: false },
]);
