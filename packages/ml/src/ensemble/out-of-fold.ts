import type { ClassifierEstimator, FitWork } from "../define-classifier.ts";
import type { RegressorEstimator } from "../define-regressor.ts";
import { takeSamples } from "../matrix.ts";
import type { Split } from "../splits/split.ts";
import { type ClassMember, type ClassSamples, fitClassMember, memberProbabilities } from "./class-member.ts";
import { fitNumberMember, memberNumbers, type NumberSamples } from "./number-member.ts";

const part = <Y extends Int32Array | Float64Array>(
  { x, y, weights }: { readonly x: ClassSamples["x"]; readonly y: Y; readonly weights: Float64Array },
  rows: readonly number[],
) => ({
  x: takeSamples(x, rows),
  y: (y.constructor as Float64ArrayConstructor).from(rows, (row) => y[row]!) as Y,
  weights: Float64Array.from(rows, (row) => weights[row]!),
});

/** A classifier fitted on the other folds, and what it says of the rows of one. */
export interface ClassFold {
  readonly member: ClassMember;
  readonly test: readonly number[];
  /** `[test rows, classes]` */
  readonly scores: Float64Array;
}

/** Fits a classifier for each split. */
export async function classFolds(
  estimator: ClassifierEstimator,
  samples: ClassSamples & { readonly y: Int32Array; readonly classes: number },
  splits: readonly Split[],
  work: FitWork,
): Promise<readonly ClassFold[]> {
  const folds: ClassFold[] = [];
  for (const { train, test } of splits) {
    const member = await fitClassMember(estimator, part(samples, train), work);
    const scores = memberProbabilities(estimator, member, takeSamples(samples.x, test), samples.classes);
    folds.push({ member, test, scores });
  }
  return folds;
}

/** Probabilities `[samples, classes]` by classifiers that did not see the sample. */
export async function outOfFoldProbabilities(...given: Parameters<typeof classFolds>): Promise<Float64Array> {
  const { y, classes } = given[1];
  const all = new Float64Array(y.length * classes);
  for (const { test, scores } of await classFolds(...given))
    for (const [i, row] of test.entries()) all.set(scores.subarray(i * classes, (i + 1) * classes), row * classes);
  return all;
}

/** Predictions by regressors that did not see the sample. */
export async function outOfFoldNumbers(
  estimator: RegressorEstimator,
  samples: NumberSamples,
  splits: readonly Split[],
  work: FitWork,
): Promise<Float64Array> {
  const all = new Float64Array(samples.y.length);
  for (const { train, test } of splits) {
    const member = await fitNumberMember(estimator, part(samples, train), work);
    const numbers = memberNumbers(estimator, member, takeSamples(samples.x, test));
    for (const [i, row] of test.entries()) all[row] = numbers[i]!;
  }
  return all;
}
