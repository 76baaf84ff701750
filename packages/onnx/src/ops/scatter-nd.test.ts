import { checkOp } from "../testing/check-op.ts";
import { scatterND } from "./scatter-nd.ts";

checkOp(scatterND, [
  {
    title: "rows added, one twice",
    inputs: [{ shape: [3, 2] }, { shape: [3, 1], dtype: "int64", values: [0, 2, 2] }, { shape: [3, 2] }],
    attributes: { reduction: "add" },
  },
]);
