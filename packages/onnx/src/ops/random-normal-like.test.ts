import { checkOp } from "../testing/check-op.ts";
import { randomNormalLike } from "./random-normal-like.ts";

checkOp(randomNormalLike, [
  { title: "the input's type", inputs: [{ shape: [2, 3] }], hasGradient: false },
  { title: "a type of its own", inputs: [{ shape: [2, 3] }], attributes: { dtype: 11 }, hasGradient: false },
]);
