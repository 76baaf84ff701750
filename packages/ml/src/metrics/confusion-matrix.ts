/** Counts of true labels against predicted ones. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  /** Rows are the truth, columns the prediction. */
  readonly counts: readonly (readonly number[])[];
}

/** Counts each pair of true and predicted label. */
export function confusionMatrix(
  truth: readonly string[],
  predicted: readonly string[],
  labels = [...new Set([...truth, ...predicted])].sort(),
): ConfusionMatrix {
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const counts = labels.map(() => labels.map(() => 0));
  for (const [i, label] of truth.entries()) counts[numbers.get(label)!]![numbers.get(predicted[i]!)!]!++;
  return { labels, counts };
}
