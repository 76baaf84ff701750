import { checkOp } from "../testing/check-op.ts";
import { transpose } from "./transpose.ts";

checkOp(transpose, [
  { title: "reversed", inputs: [{ shape: [2, 3, 4] }] },
  { title: "permuted", inputs: [{ shape: [2, 3, 4] }], attributes: { perm: [1, 2, 0] } },
]);
