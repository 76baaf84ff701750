import type { FitWork } from "../define-classifier.ts";
import { type Matrix, takeSamples } from "../matrix.ts";
import { type FoldData, matrixOf } from "./fold-data.ts";
import type { Estimator } from "./recipe.ts";

/** What to fit, and which rows to predict. */
export interface FoldJob {
  /** Number of the split. */
  readonly split: number;
  /** Whether the rows that were learnt from are predicted, too. */
  readonly alsoTrain?: boolean;
}

/** Probabilities `[samples, labels]` or numbers, of the rows that were held back and of those learnt from. */
export interface FoldPredictions {
  readonly test: Float64Array;
  readonly train?: Float64Array;
  readonly seconds: number;
}

/** Fits an estimator on the training rows of a split and predicts the others. */
export async function fitFold(
  estimator: Estimator,
  data: FoldData,
  { split, alsoTrain = false }: FoldJob,
  work: FitWork,
): Promise<FoldPredictions> {
  const started = performance.now();
  const { train, test } = data.splits[split]!;
  const x = matrixOf(data);
  const learnt = takeSamples(x, train);
  const predict = await fittedOn(estimator, data, learnt, train, work);
  const predictions = predict(takeSamples(x, test));
  return {
    test: predictions,
    ...(alsoTrain ? { train: predict(learnt) } : {}),
    seconds: (performance.now() - started) / 1000,
  };
}

async function fittedOn(
  estimator: Estimator,
  { y, labels }: FoldData,
  x: Matrix,
  rows: Int32Array,
  work: FitWork,
): Promise<(x: Matrix) => Float64Array> {
  if (estimator.kind === "regressor") {
    const model = await estimator.fit(
      x,
      Float64Array.from(rows, (row) => y[row]!),
      work,
    );
    return (asked) => model.predict(asked);
  }
  const model = await estimator.fit(
    x,
    Array.from(rows, (row) => labels![y[row]!]!),
    work,
  );
  return (asked) => inOrderOf(labels!, model.labels, model.predictProbabilities(asked));
}

/** A class without a training row has probability 0. */
function inOrderOf(labels: readonly string[], given: readonly string[], probabilities: Float64Array): Float64Array {
  if (given.length === labels.length) return probabilities;
  const places = given.map((label) => labels.indexOf(label));
  const rows = probabilities.length / given.length;
  const all = new Float64Array(rows * labels.length);
  for (let row = 0; row < rows; row++)
    for (const [k, place] of places.entries())
      all[row * labels.length + place] = probabilities[row * given.length + k]!;
  return all;
}
