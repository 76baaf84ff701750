import { confusionMatrix } from "./confusion-matrix.ts";

/** Mean over the true classes of the share of each that is found. */
export function balancedAccuracy(truth: readonly string[], predicted: readonly string[]): number {
  const { counts } = confusionMatrix(truth, predicted);
  const recalls = counts.flatMap((row, k) => {
    const support = row.reduce((a, b) => a + b);
    return support === 0 ? [] : [row[k]! / support];
  });
  return recalls.reduce((a, b) => a + b) / recalls.length;
}
