import { checkOp } from "../testing/check-op.ts";
import { scatterElements } from "./scatter-elements.ts";

checkOp(scatterElements, [
  {
    title: "replaced",
    inputs: [{ shape: [3, 2] }, { shape: [2, 2], dtype: "int64", values: [0, 1, 2, 0] }, { shape: [2, 2] }],
  },
  {
    title: "added, one twice",
    inputs: [{ shape: [3, 2] }, { shape: [2, 2], dtype: "int64", values: [0, 1, 0, 2] }, { shape: [2, 2] }],
    attributes: { reduction: "add" },
  },
]);
