import { checkOp } from "../testing/check-op.ts";
import { softmaxCrossEntropyLoss } from "./softmax-cross-entropy-loss.ts";

checkOp(softmaxCrossEntropyLoss, [
  { title: "mean", inputs: [{ shape: [3, 4] }, { shape: [3], dtype: "int64", values: [0, 3, 1] }] },
  { title: "sum", inputs: [{ shape: [3, 4] }, { shape: [3], dtype: "int64", values: [0, 3, 1] }], attributes: { reduction: "sum" } },
  { title: "one a row", inputs: [{ shape: [3, 4] }, { shape: [3], dtype: "int64", values: [0, 3, 1] }], attributes: { reduction: "none" } },
]);
