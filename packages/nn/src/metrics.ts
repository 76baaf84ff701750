import type { Tensor } from "@athanor/core";

/** Share of rows whose highest score is their label's: scores `[rows, classes]`, labels `[rows]`, or shares of classes like the scores. */
export function accuracy(scores: Tensor, labels: Tensor): number {
  const [rows, classes] = scores.shape as [number, number];
  const isShared = labels.shape.length === 2;
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const label = isShared ? highest(labels, row, classes) : Number(labels.data[row]);
    if (highest(scores, row, classes) === label) right++;
  }
  return right / rows;
}

function highest({ data }: Tensor, row: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) if (Number(data[row * classes + k]) > Number(data[row * classes + best])) best = k;
  return best;
}

/** Root of the mean squared difference. */
export function rootMeanSquaredError(output: Tensor, target: Tensor): number {
  let sum = 0;
  for (let i = 0; i < target.size; i++) sum += (Number(output.data[i]) - Number(target.data[i])) ** 2;
  return Math.sqrt(sum / target.size);
}
