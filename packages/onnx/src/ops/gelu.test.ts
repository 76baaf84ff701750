import { checkOp } from "../testing/check-op.ts";
import { gelu } from "./gelu.ts";

checkOp(gelu, [
  { title: "exact", inputs: [{ shape: [2, 3] }] },
  { title: "by tanh", inputs: [{ shape: [2, 3] }], attributes: { approximate: "tanh" } },
]);
