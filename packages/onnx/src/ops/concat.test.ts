import { checkOp } from "../testing/check-op.ts";
import { concat } from "./concat.ts";

checkOp(concat, [
  { title: "rows", inputs: [{ shape: [2, 3] }, { shape: [1, 3] }], attributes: { axis: 0 } },
  {
    title: "the last axis",
    inputs: [{ shape: [2, 3] }, { shape: [2, 2] }, { shape: [2, 1] }],
    attributes: { axis: -1 },
  },
]);
