import { AthanorError } from "@athanor/core";

/** Row numbers to learn from and to test on. */
export interface Split {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** The splits of rows that each belong to one fold. */
export const splitsOf = (fold: ArrayLike<number>, folds: number): readonly Split[] =>
  Array.from({ length: folds }, (_, k) => {
    const [train, test]: [number[], number[]] = [[], []];
    for (let row = 0; row < fold.length; row++) (fold[row] === k ? test : train).push(row);
    return { train, test };
  });

/** @throws `ml/folds` unless there are 2 to `most` folds */
export function checkFolds(owner: string, folds: number, most: number, what: string): void {
  if (Number.isInteger(folds) && folds >= 2 && folds <= most) return;
  throw new AthanorError("ml/folds", `${owner}: expected 2 to ${most} folds (${what}), got ${folds}`, {
    fix: most < 2 ? "Give more rows." : "Use fewer folds.",
    details: { folds, most },
  });
}
