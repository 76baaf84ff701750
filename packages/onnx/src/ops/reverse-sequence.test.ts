import { checkOp } from "../testing/check-op.ts";
import { reverseSequence } from "./reverse-sequence.ts";

checkOp(reverseSequence, [
  { title: "time first", inputs: [{ shape: [3, 2] }, { shape: [2], dtype: "int64", values: [3, 2] }] },
  {
    title: "batch first",
    inputs: [{ shape: [2, 3, 2] }, { shape: [2], dtype: "int64", values: [1, 3] }],
    attributes: { batch_axis: 0, time_axis: 1 },
  },
]);
