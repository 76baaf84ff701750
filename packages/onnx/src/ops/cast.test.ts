import { checkOp } from "../testing/check-op.ts";
import { cast } from "./cast.ts";

checkOp(cast, [
  { title: "to whole numbers", inputs: [{ shape: [2, 3] }], attributes: { to: 7 }, hasGradient: false },
  { title: "to double", inputs: [{ shape: [2, 3] }], attributes: { to: 11 } },
]);
