import type { FitWork } from "../define-classifier.ts";
import type { Matrix } from "../matrix.ts";
import { kFold } from "../splits/k-fold.ts";
import type { Split } from "../splits/split.ts";
import { stratifiedKFold } from "../splits/stratified-k-fold.ts";
import { isLabels, type Target } from "../target.ts";
import { shareFoldData } from "./fold-data.ts";
import { openFoldPool } from "./fold-pool.ts";
import type { Estimator } from "./recipe.ts";
import { type Scorer, scorerNamed } from "./scorer.ts";

/** How rows are split and what is measured. */
export interface ValidationOptions extends FitWork {
  /** Five folds when left out, stratified for labels. */
  readonly splits?: readonly Split[] | undefined;
  /** Names of scorers, or scorers; accuracy or RMSE when left out. */
  readonly scoring?: readonly (string | Scorer)[] | undefined;
  /** Of the splits when none are given. */
  readonly seed?: number | undefined;
}

/** A score over folds. */
export interface FoldScores {
  readonly folds: readonly number[];
  readonly mean: number;
  /** Standard deviation over the folds. */
  readonly deviation: number;
}

/** What cross-validation has measured. */
export interface Validation {
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** On the rows that were learnt from; empty unless asked for. */
  readonly trainScores: Readonly<Record<string, FoldScores>>;
  /** Of fitting and predicting, over all folds. */
  readonly seconds: number;
}

/**
 * Scores an estimator on folds that it has not seen, several at a time.
 *
 * @throws `ml/scorer`, `ml/split`, and what the estimator's `fit` throws
 */
export async function crossValidate(
  estimator: Estimator,
  x: Matrix,
  target: Target,
  { alsoTrain = false, ...options }: ValidationOptions & { readonly alsoTrain?: boolean } = {},
): Promise<Validation> {
  const { splits, scorers } = validationOf(target, options);
  const data = shareFoldData("crossValidate", x, target, splits);
  await using pool = openFoldPool(data, options);
  let done = 0;
  const parts = await Promise.all(
    splits.map(async (_, split) => {
      const part = await pool.run(estimator, { split, alsoTrain });
      const progress = { stage: "cross-validating", done: ++done, total: splits.length, unit: "folds" };
      options.onProgress?.(progress);
      return part;
    }),
  );
  const scoresOf = (side: "train" | "test") =>
    Object.fromEntries(
      scorers.map((scorer) => [
        scorer.name,
        overFolds(parts.map((part, i) => scorer.score(take(target, splits[i]![side]), part[side]!, data.labels ?? []))),
      ]),
    );
  return {
    scores: scoresOf("test"),
    trainScores: alsoTrain ? scoresOf("train") : {},
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** Predictions for every row that a split holds back, by models that have not seen it: `[samples, labels]`, or numbers. */
export async function crossValPredict(
  estimator: Estimator,
  x: Matrix,
  target: Target,
  options: ValidationOptions = {},
): Promise<Float64Array> {
  const { splits } = validationOf(target, options);
  const data = shareFoldData("crossValPredict", x, target, splits);
  const width = data.labels?.length ?? 1;
  const all = new Float64Array(target.length * width);
  await using pool = openFoldPool(data, options);
  await Promise.all(
    splits.map(async ({ test }, split) => {
      const part = await pool.run(estimator, { split });
      for (const [i, row] of test.entries()) all.set(part.test.subarray(i * width, (i + 1) * width), row * width);
    }),
  );
  return all;
}

/** Splits and scorers, given or by default. */
export function validationOf(
  target: Target,
  { splits, scoring, seed = 0 }: ValidationOptions,
): { readonly splits: readonly Split[]; readonly scorers: readonly Scorer[] } {
  const of = isLabels(target) ? "classes" : "numbers";
  return {
    splits: splits ?? (isLabels(target) ? stratifiedKFold(target, 5, seed) : kFold(target.length, 5, seed)),
    scorers: (scoring ?? [of === "classes" ? "accuracy" : "rmse"]).map((each) =>
      typeof each === "string" ? scorerNamed(each, of) : each,
    ),
  };
}

export function overFolds(folds: readonly number[]): FoldScores {
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length;
  const squares = folds.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { folds, mean, deviation: Math.sqrt(squares / folds.length) };
}

/** The targets of rows. */
export const take = (target: Target, rows: readonly number[]): readonly string[] | Float64Array =>
  isLabels(target) ? rows.map((row) => target[row]!) : Float64Array.from(rows, (row) => target[row]!);
