/** Mean squared distance of the probability of being positive from what was. */
export const brierScore = (isPositive: readonly boolean[], probabilities: ArrayLike<number>): number =>
  isPositive.reduce((sum, positive, i) => sum + (probabilities[i]! - Number(positive)) ** 2, 0) / isPositive.length;
