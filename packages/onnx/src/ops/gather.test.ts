import { checkOp } from "../testing/check-op.ts";
import { gather } from "./gather.ts";

checkOp(gather, [
  { title: "rows, one of them twice", inputs: [{ shape: [4, 3] }, { shape: [3], dtype: "int64", values: [0, 2, 2] }] },
  {
    title: "columns",
    inputs: [{ shape: [2, 4] }, { shape: [2, 2], dtype: "int64", values: [0, 3, 3, -1] }],
    attributes: { axis: 1 },
  },
]);
