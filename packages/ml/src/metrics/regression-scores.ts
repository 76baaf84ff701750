/** How far predictions are from the truth. */
export interface RegressionScores {
  /** Root of the mean squared error. */
  readonly rmse: number;
  /** Mean absolute error. */
  readonly mae: number;
  /** Share of the variance that is explained. */
  readonly r2: number;
}

/** How far predictions lie from the truth. */
export function regressionScores(truth: ArrayLike<number>, predicted: ArrayLike<number>): RegressionScores {
  const count = truth.length;
  const mean = Array.from(truth).reduce((sum, value) => sum + value, 0) / count;
  let [squares, absolute, variance] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    squares += (truth[i]! - predicted[i]!) ** 2;
    absolute += Math.abs(truth[i]! - predicted[i]!);
    variance += (truth[i]! - mean) ** 2;
  }
  return { rmse: Math.sqrt(squares / count), mae: absolute / count, r2: 1 - squares / variance };
}
