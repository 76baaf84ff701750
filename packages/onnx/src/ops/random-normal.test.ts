import { checkOp } from "../testing/check-op.ts";
import { randomNormal } from "./random-normal.ts";

checkOp(randomNormal, [
  { title: "a matrix", inputs: [], attributes: { shape: [2, 3] } },
  { title: "in double", inputs: [], attributes: { shape: [4], dtype: 11 } },
]);
