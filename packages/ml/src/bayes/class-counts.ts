import { AthanorError } from "@athanor/core";
import type { Matrix } from "../matrix.ts";

/** What naive Bayes for counts learns from. */
export interface ClassCounts {
  /** Sum of each feature over the rows of a class, `[classes, features]`. */
  readonly sums: Float64Array;
  /** Weight of each class's rows. */
  readonly rows: Float64Array;
}

/** Sums features by class. */
export function classCounts(
  x: Matrix,
  y: Int32Array,
  weights: Float64Array,
  classes: number,
  of = (value: number) => value,
): ClassCounts {
  const features = x.shape[1]!;
  const [sums, rows] = [new Float64Array(classes * features), new Float64Array(classes)];
  for (const [row, k] of y.entries()) {
    rows[k]! += weights[row]!;
    for (let j = 0; j < features; j++) sums[k * features + j]! += weights[row]! * of(x.data[row * features + j]!);
  }
  return { sums, rows };
}

/** Logarithms of the classes' shares, or of equal shares. */
export function logPriors(rows: Float64Array, fitPrior: boolean): Float64Array {
  const total = rows.reduce((sum, count) => sum + count, 0);
  return rows.map((count) => (fitPrior ? Math.log(count / total) : -Math.log(rows.length)));
}

/** @throws `ml/negative` */
export function checkCounts(owner: string, x: Matrix): void {
  const at = x.data.findIndex((value) => value < 0);
  if (at < 0) return;
  const [row, column] = [Math.floor(at / x.shape[1]!) + 1, (at % x.shape[1]!) + 1];
  throw new AthanorError(
    "ml/negative",
    `${owner}: expected counts of at least 0, got ${x.data[at]} in row ${row}, column ${column}`,
    { fix: "Give counts or frequencies, or use gaussianNaiveBayes.", details: { row, column } },
  );
}
