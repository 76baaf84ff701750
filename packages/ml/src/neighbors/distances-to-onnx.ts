import { float64 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { NeighborMetric } from "./distance.ts";

/** What orders stored samples by distance from each row, float64 `[batch, stored]`, from float64 rows `[batch, features]`. */
export function comparedToOnnx(g: GraphBuilder, each: Value, stored: Value, metric: NeighborMetric): Value {
  if (metric === "manhattan") return absolute(g, each, stored);
  if (metric === "cosine") return g.neg(g.matMul(directions(g, each), g.transpose(directions(g, stored))));
  // |a − b|² = |a|² + |b|² − 2ab, of which |a|² does not change the order; squares of single-precision numbers are exact in double.
  return g.sub(g.reduceSum(g.mul(stored, stored), [1]), g.mul(g.matMul(each, g.transpose(stored)), 2));
}

/** Distances of rows `[batch, features]` from stored samples of their own, `[batch, k, features]`, as `[batch, k, 1]`. */
export function distancesToOnnx(g: GraphBuilder, each: Value, others: Value, metric: NeighborMetric): Value {
  const row = g.reshape(each, ["batch", 1, Number(each.shape[1])]);
  if (metric === "cosine") {
    const apart = g.sub(1, g.reduceSum(g.mul(directions(g, row), directions(g, others)), [2], true));
    return g.where(g.less(apart, g.constant(float64([1e-14]))), g.constant(float64([0])), apart);
  }
  const offset = g.sub(row, others);
  if (metric === "manhattan") return g.reduceSum(g.op("Abs", [offset]), [2], true);
  return g.sqrt(g.reduceSum(g.mul(offset, offset), [2], true));
}

/** Rows of length one; all zeros stay so. */
function directions(g: GraphBuilder, x: Value): Value {
  const length = g.sqrt(g.reduceSum(g.mul(x, x), [x.shape.length - 1], true));
  return g.div(x, g.max(length, 1e-300));
}

/** Feature by feature, so that no value for each pair and feature is kept. */
function absolute(g: GraphBuilder, each: Value, stored: Value): Value {
  const [x, y] = [g.transpose(each), g.transpose(stored)];
  const batch = { dtype: "float64" as const, shape: ["batch"] };
  const own = { dtype: "float64" as const, shape: [stored.shape[0]!] };
  const start = g.mul(g.reduceSum(each, [1], true), g.constant(float64(new Float64Array(Number(stored.shape[0])))));
  const body = g.body([start, batch, own], (inner, [sum, a, b]) => [
    inner.add(sum!, inner.op("Abs", [inner.sub(inner.op("Unsqueeze", [a!, inner.constant([1], "int64")]), b!)])),
  ]);
  return g.op("Scan", [start, x, y], { body, num_scan_inputs: 2 });
}
