/** Share of predictions that equal the truth. */
export const accuracy = (truth: readonly string[], predicted: readonly string[]): number =>
  truth.reduce((right, label, i) => right + Number(label === predicted[i]), 0) / truth.length;
