import { checkFolds, type Split, splitsOf } from "./split.ts";

/**
 * Splits rows into folds of like size, the rows of a group together: the largest group goes first, each to the smallest fold.
 *
 * @throws `ml/folds` when there are more folds than groups
 */
export function groupKFold(groups: readonly string[], folds: number): readonly Split[] {
  const members = [...Map.groupBy(groups.keys(), (row) => groups[row]!)];
  checkFolds("groupKFold", folds, members.length, "groups");
  const sizes = new Float64Array(folds);
  const fold = new Int32Array(groups.length);
  for (const [, rows] of members.sort(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1))) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    for (const row of rows) fold[row] = smallest;
    sizes[smallest]! += rows.length;
  }
  return splitsOf(fold, folds);
}
