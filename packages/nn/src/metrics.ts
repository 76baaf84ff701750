import type { Tensor } from "@athanor/core";

/** Share of rows whose highest score is their label's: scores `[rows, classes]`, labels `[rows]`. */
export function accuracy(scores: Tensor, labels: Tensor): number {
  const classes = scores.shape[1]!;
  let right = 0;
  for (let row = 0; row < labels.size; row++) {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (Number(scores.data[row * classes + k]) > Number(scores.data[row * classes + best])) best = k;
    if (best === Number(labels.data[row])) right++;
  }
  return right / labels.size;
}

/** Root of the mean squared difference. */
export function rootMeanSquaredError(output: Tensor, target: Tensor): number {
  let sum = 0;
  for (let i = 0; i < target.size; i++) sum += (Number(output.data[i]) - Number(target.data[i])) ** 2;
  return Math.sqrt(sum / target.size);
}
