import { checkOp } from "../testing/check-op.ts";
import { max } from "./max.ts";

checkOp(max, [
  { title: "matrices", inputs: [{ shape: [2, 3] }, { shape: [2, 3] }] },
  { title: "a row", inputs: [{ shape: [2, 3] }, { shape: [3] }] },
]);
