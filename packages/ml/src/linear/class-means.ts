import type { Matrix } from "../matrix.ts";

/** Rows, share and mean of each class. */
export interface ClassMeans {
  readonly rows: Float64Array;
  readonly priors: Float64Array;
  /** One a class, of length features. */
  readonly means: readonly Float64Array[];
}

/** Averages the rows of each class. */
export function classMeans(x: Matrix, y: Int32Array, classes: number): ClassMeans {
  const features = x.shape[1]!;
  const rows = new Float64Array(classes);
  for (const k of y) rows[k]!++;
  const means = Array.from({ length: classes }, () => new Float64Array(features));
  for (const [row, k] of y.entries())
    for (let j = 0; j < features; j++) means[k]![j]! += x.data[row * features + j]! / rows[k]!;
  return { rows, priors: rows.map((count) => count / y.length), means };
}
