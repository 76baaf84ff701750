import { checkOp } from "../testing/check-op.ts";
import { tile } from "./tile.ts";

checkOp(tile, [
  {
    title: "both axes",
    inputs: [{ shape: [2, 3] }, { shape: [2], dtype: "int64", values: [2, 3], isConstant: true }],
  },
  {
    title: "counts known when the graph runs",
    inputs: [{ shape: [2, 3] }, { shape: [2], dtype: "int64", values: [2, 1] }],
  },
]);
