import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** Slope of x Φ(x): Φ(x) + x φ(x). */
export function geluSlope(g: GraphBuilder, x: Value): Value {
  const root = g.mul(x, Math.SQRT1_2);
  const erf = g.op("Erf", [root]);
  // (1 + erf) / 2 in one go, for which the runtime has an operator in single precision.
  const cdf = x.dtype === "float32" ? g.op("HardSigmoid", [erf], { alpha: 0.5, beta: 0.5 }) : g.mul(g.add(erf, 1), 0.5);
  const pdf = g.exp(g.sub(-Math.log(2 * Math.PI) / 2, g.mul(root, root)));
  return g.add(cdf, g.mul(x, pdf));
}

/** Slope of x (1 + t) / 2 with t = tanh(c (x + 0.044715 x³)): ((1 + t) + x (1 − t²) c (1 + 3 · 0.044715 x²)) / 2. */
export function tanhGeluSlope(g: GraphBuilder, x: Value): Value {
  const c = Math.sqrt(2 / Math.PI);
  const square = g.mul(x, x);
  const t = g.tanh(g.mul(g.mul(x, g.add(g.mul(square, 0.044715), 1)), c));
  const slope = g.mul(g.sub(1, g.mul(t, t)), g.mul(g.add(g.mul(square, 3 * 0.044715), 1), c));
  return g.mul(g.add(g.add(t, 1), g.mul(x, slope)), 0.5);
}
