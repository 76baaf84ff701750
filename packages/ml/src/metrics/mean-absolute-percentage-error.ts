/** Mean of |error| / |truth|, as a share; a truth of 0 counts as the smallest difference that numbers near 1 have. */
export const meanAbsolutePercentageError = (truth: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  Array.from(truth).reduce(
    (sum, value, i) => sum + Math.abs(value - predicted[i]!) / Math.max(Number.EPSILON, Math.abs(value)),
    0,
  ) / truth.length;
