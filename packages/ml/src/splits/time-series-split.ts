import { checkFolds, type Split } from "./split.ts";

/**
 * Splits rows in the order of time: each part is tested by a model of what came before, `gap` rows further back.
 *
 * @throws `ml/folds` when the rows do not suffice for a part and what comes before it
 */
export function timeSeriesSplit(
  rows: number,
  folds: number,
  {
    gap = 0,
    testRows = Math.floor(rows / (folds + 1)),
    maxTrainRows = Number.POSITIVE_INFINITY,
  }: { readonly gap?: number; readonly testRows?: number; readonly maxTrainRows?: number } = {},
): readonly Split[] {
  checkFolds(
    "timeSeriesSplit",
    folds,
    Math.min(rows - 1, Math.floor((rows - gap - 1) / testRows)),
    `of ${testRows} rows`,
  );
  return Array.from({ length: folds }, (_, k) => {
    const start = rows - (folds - k) * testRows;
    const end = start - gap;
    return { train: range(Math.max(0, end - maxTrainRows), end), test: range(start, start + testRows) };
  });
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
