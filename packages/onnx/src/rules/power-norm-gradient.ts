import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

export interface PowerNorm {
  readonly x: Value;
  readonly y: Value;
  readonly dy: Value;
  readonly p: number;
}

/** For y = (Σ |x|^p)^(1/p): dx = |x|^(p−1) sign(x) · Σ dy y^(1−p), the sum over whatever saw x; zero where y is. */
export function powerNormGradient(
  g: GraphBuilder,
  { x, y, dy, p }: PowerNorm,
  back: (share: Value) => Value = (share) => share,
): Value {
  const filled = g.where(g.equal(y, 0), g.constant(1, y.dtype as "float32"), y);
  const share = back(p === 1 ? dy : g.mul(dy, g.pow(filled, 1 - p)));
  if (p === 1) return g.mul(g.op("Sign", [x]), share);
  if (p === 2) return g.mul(x, share);
  return g.mul(g.mul(g.pow(g.op("Abs", [x]), p - 1), g.op("Sign", [x])), share);
}
