import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** Slope of x σ(αx): s (1 + αx (1 − s)) with s = σ(αx). */
export function gatedSlope(g: GraphBuilder, x: Value, alpha: number): Value {
  const scaled = alpha === 1 ? x : g.mul(x, alpha);
  const s = g.sigmoid(scaled);
  return g.mul(s, g.add(g.mul(scaled, g.sub(1, s)), 1));
}
