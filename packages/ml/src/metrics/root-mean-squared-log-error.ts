import { AthanorError } from "@athanor/core";

/**
 * Root of the mean squared difference of the logarithms of one plus each number: mistakes count by their share.
 *
 * @throws `ml/negative` for numbers below 0
 */
export function rootMeanSquaredLogError(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < truth.length; i++) {
    const least = Math.min(truth[i]!, predicted[i]!);
    if (least < 0)
      throw new AthanorError("ml/negative", `rootMeanSquaredLogError: expected numbers of at least 0, got ${least}`, {
        fix: "Use the root of the mean squared error where numbers may be negative.",
      });
    squares += (Math.log1p(truth[i]!) - Math.log1p(predicted[i]!)) ** 2;
  }
  return Math.sqrt(squares / truth.length);
}
