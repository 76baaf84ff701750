import { checkOp } from "../testing/check-op.ts";
import { min } from "./min.ts";

checkOp(min, [
  { title: "matrices", inputs: [{ shape: [2, 3] }, { shape: [2, 3] }] },
  { title: "a row", inputs: [{ shape: [2, 3] }, { shape: [3] }] },
]);
