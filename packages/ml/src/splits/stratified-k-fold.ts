import { Random } from "@athanor/core";
import { checkFolds, type Split, splitsOf } from "./split.ts";

/**
 * Splits rows into folds, each once the test part, every class spread evenly over them.
 *
 * @throws `ml/folds` when there are more folds than rows of the smallest class
 */
export function stratifiedKFold(labels: readonly string[], folds: number, seed: number): readonly Split[] {
  const groups = rowsByLabel(labels);
  checkFolds(
    "stratifiedKFold",
    folds,
    Math.min(...groups.map(([, rows]) => rows.length)),
    "rows of the smallest class",
  );
  const fold = new Int32Array(labels.length);
  let next = 0;
  for (const [label, rows] of groups)
    for (const i of Random.from(seed).split(label).permutation(rows.length)) fold[rows[i]!] = next++ % folds;
  return splitsOf(fold, folds);
}

/** The rows of each label, labels in order. */
export const rowsByLabel = (labels: readonly string[]): readonly (readonly [string, readonly number[]])[] =>
  [...Map.groupBy(labels.keys(), (row) => labels[row]!)].sort(([a], [b]) => (a < b ? -1 : 1));
