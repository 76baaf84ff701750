import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { softmaxCrossEntropyLoss } from "./softmax-cross-entropy-loss.ts";

const losses = ([scores, labels]: readonly Tensor<"float64">[]): number[] =>
  Array.from(labels!.data, (label, row) => {
    const classes = scores!.shape[1]!;
    const of = scores!.data.slice(row * classes, (row + 1) * classes);
    return Math.log(of.reduce((sum, score) => sum + Math.exp(score), 0)) - of[label]!;
  });

checkOp(softmaxCrossEntropyLoss, [
  {
    title: "mean",
    inputs: [{ shape: [3, 4] }, { shape: [3], dtype: "int64", values: [0, 3, 1] }],
    reference: (inputs) => float64([losses(inputs).reduce((a, b) => a + b) / 3], []),
  },
  {
    title: "sum",
    inputs: [{ shape: [3, 4] }, { shape: [3], dtype: "int64", values: [0, 3, 1] }],
    attributes: { reduction: "sum" },
    reference: (inputs) => float64([losses(inputs).reduce((a, b) => a + b)], []),
  },
  {
    title: "one a row",
    inputs: [{ shape: [3, 4] }, { shape: [3], dtype: "int64", values: [0, 3, 1] }],
    attributes: { reduction: "none" },
    reference: (inputs) => float64(losses(inputs)),
  },
  {
    title: "a weighted mean with a label to pass over",
    inputs: [{ shape: [3, 4] }, { shape: [3], dtype: "int64", values: [0, 2, 1] }, { shape: [4], range: [0.5, 2] }],
    attributes: { ignore_index: 1 },
  },
  {
    title: "a series, its log-probabilities read too",
    inputs: [{ shape: [2, 3, 2] }, { shape: [2, 2], dtype: "int64", values: [0, 2, 1, 1] }],
    outputs: 2,
    lossOf: [0, 1],
  },
]);
