import { checkOp } from "../testing/check-op.ts";
import { gatherND } from "./gather-nd.ts";

checkOp(gatherND, [
  { title: "rows", inputs: [{ shape: [3, 2] }, { shape: [2, 1], dtype: "int64", values: [0, 2] }] },
  { title: "elements", inputs: [{ shape: [3, 2] }, { shape: [2, 2], dtype: "int64", values: [0, 1, 2, 0] }] },
  {
    title: "one row of each matrix",
    inputs: [{ shape: [2, 3, 2] }, { shape: [2, 1], dtype: "int64", values: [2, 0] }],
    attributes: { batch_dims: 1 },
  },
  {
    title: "elements of each row, one twice",
    inputs: [{ shape: [2, 2, 3] }, { shape: [2, 2, 2, 1], dtype: "int64", values: [0, 0, 1, 2, 2, 1, 0, 2] }],
    attributes: { batch_dims: 2 },
  },
]);
