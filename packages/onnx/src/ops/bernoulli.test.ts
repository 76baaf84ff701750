import { checkOp } from "../testing/check-op.ts";
import { bernoulli } from "./bernoulli.ts";

checkOp(bernoulli, [
  { title: "the input's type", inputs: [{ shape: [2, 3], range: [0, 1] }], hasGradient: false },
  { title: "flags", inputs: [{ shape: [2, 3], range: [0, 1] }], attributes: { dtype: 9 }, hasGradient: false },
]);
