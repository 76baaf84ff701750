import { float32 } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import type { Matrix } from "../matrix.ts";
import { quantileOf } from "../quantile-of.ts";

/** Mean prediction when a feature is set to a value in every sample. */
export interface DependencePoint {
  readonly value: number;
  readonly mean: number;
}

/**
 * How the mean of one output depends on one feature, the others left as they are; values run from its 5 % to its 95 % quantile.
 *
 * @see Friedman 2001, "Greedy function approximation: a gradient boosting machine"
 */
export function partialDependence(
  predict: (x: Matrix) => ArrayLike<number>,
  x: Matrix,
  feature: number,
  { points = 100, output = 0, outputs = 1 }: { points?: number; output?: number; outputs?: number } = {},
): readonly DependencePoint[] {
  const [rows, features] = x.shape as [number, number];
  const present = columnsOf(x)[feature]!.filter((value) => !Number.isNaN(value));
  const distinct = [...new Set(present)].sort((a, b) => a - b);
  const [low, high] = [quantileOf(present, 0.05), quantileOf(present, 0.95)];
  const values =
    distinct.length <= points
      ? distinct
      : Array.from({ length: points }, (_, i) => low + (i * (high - low)) / (points - 1));
  const set = float32(x.data.slice(), x.shape);
  return values.map((value) => {
    for (let at = feature; at < set.data.length; at += features) set.data[at] = value;
    const predicted = predict(set);
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += predicted[row * outputs + output]!;
    return { value, mean: sum / rows };
  });
}
