import { checkOp } from "../testing/check-op.ts";
import { shape } from "./shape.ts";

checkOp(shape, [
  { title: "all", inputs: [{ shape: [2, 3] }] },
  { title: "from the second axis", inputs: [{ shape: [2, 3] }], attributes: { start: 1 } },
]);
