import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/**
 * A sum or mean that keeps its axes, over the last ones first: a graphics processor gives each result a thread, and would leave most
 * of them idle where few results are made of many elements that do not lie side by side.
 */
export function stagedReduce(
  g: GraphBuilder,
  op: "ReduceSum" | "ReduceMean",
  x: Value,
  axes: readonly number[],
): Value {
  const over = new Set(axes);
  let first = x.shape.length;
  while (over.has(first - 1)) first--;
  const stages = [axes.filter((axis) => axis >= first), axes.filter((axis) => axis < first)];
  return stages.reduce(
    (value, stage) => (stage.length === 0 ? value : g.op(op, [value, g.constant(stage, "int64")], { keepdims: 1 })),
    x,
  );
}
