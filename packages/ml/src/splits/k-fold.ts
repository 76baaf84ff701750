import { Random } from "@athanor/core";
import { checkFolds, type Split, splitsOf } from "./split.ts";

/**
 * Splits rows at random into folds, each once the test part.
 *
 * @throws `ml/folds` when there are more folds than rows
 */
export function kFold(rows: number, folds: number, seed: number): readonly Split[] {
  checkFolds("kFold", folds, rows, "rows");
  const fold = new Int32Array(rows);
  for (const [position, row] of Random.from(seed).permutation(rows).entries()) fold[row] = position % folds;
  return splitsOf(fold, folds);
}

/** Splits rows into folds several times, each time in another order. */
export const repeatedKFold = (rows: number, folds: number, repeats: number, seed: number): readonly Split[] =>
  Array.from({ length: repeats }, (_, i) => kFold(rows, folds, seed + i)).flat();

/** Every row once the test part on its own. */
export const leaveOneOut = (rows: number): readonly Split[] =>
  splitsOf(
    Array.from({ length: rows }, (_, row) => row),
    rows,
  );
