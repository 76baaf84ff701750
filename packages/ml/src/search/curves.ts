import type { OptionSpec, OptionValues } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import { trainTestSplit } from "../splits/train-test-split.ts";
import { isLabels, type Target } from "../target.ts";
import { crossValidate, type FoldScores, take, type ValidationOptions, validationOf } from "./cross-validate.ts";
import type { Estimator } from "./recipe.ts";

/** Scores at one point of a curve, by scorer: on rows learnt from and on held-back ones. */
export interface CurvePoint<At> {
  readonly at: At;
  readonly train: Readonly<Record<string, FoldScores>>;
  readonly test: Readonly<Record<string, FoldScores>>;
}

/** How scores grow with the rows that are learnt from, given as shares of each split's. */
export async function learningCurve(
  estimator: Estimator,
  x: Matrix,
  target: Target,
  {
    shares = [0.1, 0.325, 0.55, 0.775, 1],
    ...options
  }: ValidationOptions & { readonly shares?: readonly number[] } = {},
): Promise<readonly CurvePoint<number>[]> {
  const { splits } = validationOf(target, options);
  const points: CurvePoint<number>[] = [];
  for (const share of shares) {
    const shortened = splits.map(({ train, test }) => {
      const labels = isLabels(target) ? (take(target, train) as readonly string[]) : undefined;
      const kept = share === 1 ? train.keys() : trainTestSplit(train.length, share, options.seed ?? 0, labels).test;
      return { train: Array.from(kept, (i) => train[i]!), test };
    });
    const { scores, trainScores } = await crossValidate(estimator, x, target, {
      ...options,
      splits: shortened,
      alsoTrain: true,
    });
    points.push({ at: shortened[0]!.train.length, train: trainScores, test: scores });
  }
  return points;
}

/** How scores change with the value of one option. */
export async function validationCurve<S extends OptionSpec, K extends keyof S & string>(
  make: ((options: never) => Estimator) & { readonly definition: { readonly options: S } },
  option: K,
  values: readonly OptionValues<S>[K][],
  x: Matrix,
  target: Target,
  options: ValidationOptions & { readonly fixed?: Readonly<Record<string, unknown>> } = {},
): Promise<readonly CurvePoint<OptionValues<S>[K]>[]> {
  const points: CurvePoint<OptionValues<S>[K]>[] = [];
  for (const value of values) {
    const estimator = make({ ...options.fixed, [option]: value } as never);
    const { scores, trainScores } = await crossValidate(estimator, x, target, { ...options, alsoTrain: true });
    points.push({ at: value, train: trainScores, test: scores });
  }
  return points;
}
