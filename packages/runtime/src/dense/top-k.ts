import type { Tensor } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { compileBy } from "./compile-by.ts";
import { distances, type Metric } from "./distances.ts";

/** Values in order, with their places. */
export interface Ranked {
  readonly values: Tensor;
  /** Where the values stood, int64. */
  readonly indices: Tensor;
}

const ranked = (g: GraphBuilder, x: Value, k: number, largest: boolean) => {
  const [values, indices] = g.ops(
    "TopK",
    [x, g.constant([k], "int64")],
    { axis: -1, largest: Number(largest) },
    { outputs: 2 },
  );
  return { values: values!, indices: indices! };
};

const largestBy = compileBy((k: number) => (g, x: Value) => ranked(g, x, k, true));
const smallestBy = compileBy((k: number) => (g, x: Value) => ranked(g, x, k, false));

/**
 * The largest, or smallest, values along the last axis, best first: `[…, n]` → `[…, k]`; of equal ones the first.
 *
 * @throws `onnx/shape` or `runtime/run` when there are fewer than `k`
 */
export const topK = (x: Tensor, k: number, { largest = true }: { readonly largest?: boolean } = {}): Promise<Ranked> =>
  (largest ? largestBy : smallestBy)(k)(x);

const nearestBy = {
  euclidean: compileBy((k: number) => nearestOf("euclidean", k)),
  squared: compileBy((k: number) => nearestOf("squared", k)),
  cosine: compileBy((k: number) => nearestOf("cosine", k)),
};

function nearestOf(metric: Metric, k: number) {
  return (g: GraphBuilder, queries: Value, points: Value) => ranked(g, distances(g, queries, points, metric), k, false);
}

/**
 * The nearest points of each query with their distances, without their matrix leaving the worker:
 * `queries: [m, features]`, `points: [n, features]` → `[m, k]`.
 *
 * @throws `onnx/shape` when the rows differ in length, `runtime/run` when there are fewer points than `k`
 */
export const nearest = (queries: Tensor, points: Tensor, k: number, metric: Metric = "euclidean"): Promise<Ranked> =>
  nearestBy[metric](k)(queries, points);
