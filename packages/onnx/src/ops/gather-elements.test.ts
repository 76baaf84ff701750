import { checkOp } from "../testing/check-op.ts";
import { gatherElements } from "./gather-elements.ts";

checkOp(gatherElements, [
  {
    title: "columns",
    inputs: [{ shape: [2, 3] }, { shape: [2, 2], dtype: "int64", values: [0, 0, 2, 1] }],
    attributes: { axis: 1 },
  },
]);
