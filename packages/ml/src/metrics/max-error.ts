/** The largest distance of a prediction from the truth. */
export const maxError = (truth: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  Array.from(truth).reduce((most, value, i) => Math.max(most, Math.abs(value - predicted[i]!)), 0);
