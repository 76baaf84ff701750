import { checkOp } from "../testing/check-op.ts";
import { trilu } from "./trilu.ts";

checkOp(trilu, [
  { title: "above the diagonal", inputs: [{ shape: [2, 3, 3] }, { shape: [], dtype: "int64", values: [1] }] },
  { title: "below and on it", inputs: [{ shape: [3, 2] }], attributes: { upper: 0 } },
]);
