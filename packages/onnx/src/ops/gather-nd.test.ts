import { checkOp } from "../testing/check-op.ts";
import { gatherND } from "./gather-nd.ts";

checkOp(gatherND, [
  { title: "rows", inputs: [{ shape: [3, 2] }, { shape: [2, 1], dtype: "int64", values: [0, 2] }] },
  { title: "elements", inputs: [{ shape: [3, 2] }, { shape: [2, 2], dtype: "int64", values: [0, 1, 2, 0] }] },
]);
