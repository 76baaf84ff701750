import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

const stopped = new WeakSet<Value>();

/** Whether gradients take a value for a constant; a model that is built of the graph does not say so. */
export const isStopped = (value: Value): boolean => stopped.has(value);

/** The same value, taken for a constant by every gradient: for targets, baselines and straight-through estimators. */
export function stopGradient(g: GraphBuilder, x: Value): Value {
  const value = g.identity(x);
  stopped.add(value);
  return value;
}
