import { confusionMatrix } from "./confusion-matrix.ts";

/**
 * Correlation of the truth with the prediction, for any number of classes; 0 when either is all one class.
 *
 * @see Gorodkin 2004, "Comparing two K-category assignments by a K-category correlation coefficient", https://doi.org/10.1016/j.compbiolchem.2004.09.006
 */
export function matthewsCorrelation(truth: readonly string[], predicted: readonly string[]): number {
  const { labels, counts } = confusionMatrix(truth, predicted);
  const total = truth.length;
  let [right, both, trueSquares, predictedSquares] = [0, 0, 0, 0];
  for (const k of labels.keys()) {
    const isTrue = counts[k]!.reduce((a, b) => a + b);
    const isPredicted = counts.reduce((sum, row) => sum + row[k]!, 0);
    right += counts[k]![k]!;
    both += isTrue * isPredicted;
    trueSquares += isTrue ** 2;
    predictedSquares += isPredicted ** 2;
  }
  const spread = Math.sqrt((total ** 2 - predictedSquares) * (total ** 2 - trueSquares));
  return spread === 0 ? 0 : (right * total - both) / spread;
}
