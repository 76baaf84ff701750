/** Mean of −log p(true label); probabilities are kept 1e-15 away from 0. */
export const logLoss = (
  truth: readonly string[],
  probabilities: ArrayLike<number>,
  labels: readonly string[],
): number =>
  truth.reduce(
    (sum, label, row) => sum - Math.log(Math.max(1e-15, probabilities[row * labels.length + labels.indexOf(label)]!)),
    0,
  ) / truth.length;
