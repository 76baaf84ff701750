import { AthanorError, Random } from "@athanor/core";

/** Row numbers to learn from and to test on. */
export interface Split {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/**
 * Splits rows into folds, each once the test part, every class spread evenly over them.
 *
 * @throws `ml/folds` when there are more folds than rows of the smallest class
 */
export function stratifiedKFold(labels: readonly string[], folds: number, seed: number): readonly Split[] {
  const groups = Map.groupBy(labels.keys(), (row) => labels[row]!);
  const smallest = Math.min(...[...groups.values()].map((rows) => rows.length));
  if (folds < 2 || folds > smallest) {
    throw new AthanorError(
      "ml/folds",
      `stratifiedKFold: expected 2 to ${smallest} folds (rows of the smallest class), got ${folds}`,
      { fix: "Use fewer folds.", details: { folds, smallest } },
    );
  }
  const fold = new Int32Array(labels.length);
  let next = 0;
  for (const [label, rows] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const i of Random.from(seed).split(label).permutation(rows.length)) fold[rows[i]!] = next++ % folds;
  }
  return splitsOf(fold, folds);
}

/** Splits rows at random into folds, each once the test part. */
export function kFold(rows: number, folds: number, seed: number): readonly Split[] {
  const fold = new Int32Array(rows);
  for (const [position, row] of Random.from(seed).permutation(rows).entries()) fold[row] = position % folds;
  return splitsOf(fold, folds);
}

const splitsOf = (fold: Int32Array, folds: number): readonly Split[] =>
  Array.from({ length: folds }, (_, k) => {
    const rows = Array.from(fold.keys());
    return { train: rows.filter((row) => fold[row] !== k), test: rows.filter((row) => fold[row] === k) };
  });

/** Sets a share of the rows aside, every class by the same share when labels are given. */
export function trainTestSplit(rows: number, testShare: number, seed: number, labels?: readonly string[]): Split {
  const groups = labels
    ? [...Map.groupBy(labels.keys(), (row) => labels[row]!)].sort(([a], [b]) => (a < b ? -1 : 1))
    : [["", Array.from({ length: rows }, (_, row) => row)] as const];
  const test = new Set<number>();
  for (const [label, members] of groups) {
    const order = Random.from(seed).split(`split ${label}`).permutation(members.length);
    for (const i of order.subarray(0, Math.round(testShare * members.length))) test.add(members[i]!);
  }
  const all = Array.from({ length: rows }, (_, row) => row);
  return { train: all.filter((row) => !test.has(row)), test: all.filter((row) => test.has(row)) };
}
