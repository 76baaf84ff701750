/** Confidences and their normal deviations; the program interpolates between these, so that trees are pruned as its own are. */
const confidences = [0, 0.001, 0.005, 0.01, 0.05, 0.1, 0.2, 0.4, 1];
const deviations = [4, 3.09, 2.58, 2.33, 1.65, 1.28, 0.84, 0.25, 0];

function deviationOf(confidence: number): number {
  const above = confidences.findIndex((each) => each >= confidence);
  if (above === 0) return deviations[0]!;
  const [from, to] = [confidences[above - 1]!, confidences[above]!];
  const share = (confidence - from) / (to - from);
  return deviations[above - 1]! + share * (deviations[above]! - deviations[above - 1]!);
}

/**
 * Errors to expect among `weight` unseen rows of which so many training rows were wrong: the upper limit of the error rate at a confidence, times the weight.
 *
 * Exact where nothing was wrong, by the normal approximation from one error on, and on a straight line between.
 *
 * @see Quinlan 1993, "C4.5: programs for machine learning", section 4.2
 */
export function expectedErrors(weight: number, errors: number, confidence: number): number {
  if (weight <= 0) return 0;
  const none = weight * (1 - confidence ** (1 / weight));
  if (errors < 1e-6) return none;
  if (errors < 0.9999) return none + errors * (expectedErrors(weight, 1, confidence) - none);
  // So few rows are right that the approximation fails.
  if (errors + 0.5 >= weight) return errors + 0.67 * (weight - errors);
  const square = deviationOf(confidence) ** 2;
  const seen = errors + 0.5;
  const deviation = Math.sqrt(square * (seen * (1 - seen / weight) + square / 4));
  return (weight * (seen + square / 2 + deviation)) / (weight + square);
}
