import type { Tensor } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { compileBy } from "./compile-by.ts";

/** How far two rows are apart; `cosine` is one minus the cosine of their angle. */
export type Metric = "euclidean" | "squared" | "cosine";

/**
 * Distances of the rows of `a` from those of `b` as graph values; sums are taken in double precision, where the difference of
 * large squares keeps its digits.
 */
export function distances(g: GraphBuilder, a: Value, b: Value, metric: Metric): Value {
  const [x, y] = [g.cast(a, "float64"), g.cast(b, "float64")];
  const products = g.matMul(x, g.transpose(y));
  const squares = (rows: Value) => g.reduceSum(g.mul(rows, rows), [1], true);
  const [ofX, ofY] = [squares(x), g.transpose(squares(y))];
  if (metric === "cosine") {
    // A row of zeros has no direction: its product with any other is 0, and so its distance 1.
    const lengths = g.max(g.mul(g.sqrt(ofX), g.sqrt(ofY)), 1e-300);
    return g.cast(g.sub(1, g.div(products, lengths)), a.dtype);
  }
  // ‖x − y‖² = ‖x‖² + ‖y‖² − 2 x·y
  const squared = g.max(g.sub(g.add(ofX, ofY), g.mul(products, 2)), 0);
  return g.cast(metric === "squared" ? squared : g.sqrt(squared), a.dtype);
}

const distancesBy = compileBy((metric: Metric) => (g, a: Value, b: Value) => distances(g, a, b, metric));

/**
 * Distances of all rows from all others: `a: [m, features]`, `b: [n, features]` → `[m, n]`.
 *
 * @throws `onnx/shape` when the rows differ in length
 */
export const pairwiseDistances = (a: Tensor, b: Tensor, metric: Metric = "euclidean"): Promise<Tensor> =>
  distancesBy(metric)(a, b);
