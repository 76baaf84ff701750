import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { negativeLogLikelihoodLoss } from "./negative-log-likelihood-loss.ts";

const labels = { shape: [3], dtype: "int64", values: [0, 3, 1] } satisfies SampleInput;
const weights = { shape: [4], range: [0.5, 2] } satisfies SampleInput;

checkOp(negativeLogLikelihoodLoss, [
  { title: "mean", inputs: [{ shape: [3, 4] }, labels] },
  { title: "sum, weighted", inputs: [{ shape: [3, 4] }, labels, weights], attributes: { reduction: "sum" } },
  {
    title: "one a row, with a label to pass over",
    inputs: [{ shape: [3, 4] }, labels],
    attributes: { reduction: "none", ignore_index: 3 },
  },
  {
    title: "the weighted mean of images, with a label to pass over",
    inputs: [
      { shape: [2, 3, 2, 1] },
      { shape: [2, 2, 1], dtype: "int64", values: [0, -1, 2, 2] },
      { shape: [3], range: [0.5, 2] },
    ],
    attributes: { ignore_index: -1 },
  },
]);
