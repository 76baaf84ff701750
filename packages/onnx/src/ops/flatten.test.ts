import { checkOp } from "../testing/check-op.ts";
import { flatten } from "./flatten.ts";

checkOp(flatten, [
  { title: "from the second axis", inputs: [{ shape: [2, 3, 2] }] },
  { title: "from the last axis", inputs: [{ shape: [2, 3, 2] }], attributes: { axis: -1 } },
]);
