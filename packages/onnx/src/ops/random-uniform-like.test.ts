import { checkOp } from "../testing/check-op.ts";
import { randomUniformLike } from "./random-uniform-like.ts";

checkOp(randomUniformLike, [
  { title: "the input's type", inputs: [{ shape: [2, 3] }], hasGradient: false },
  { title: "a type of its own", inputs: [{ shape: [2, 3] }], attributes: { dtype: 11 }, hasGradient: false },
]);
