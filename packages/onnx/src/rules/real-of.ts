import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** The real numbers that whole ones stand for: (q − zero point) · scale, with one scale or one a place on an axis. */
export const realOf = (g: GraphBuilder, q: Value, scale: Value, zero: Value | undefined, axis = 1): Value =>
  g.op("DequantizeLinear", [q, scale, zero], { axis });

/** Rounds real numbers to whole ones of the zero point's type. */
export const wholeOf = (g: GraphBuilder, x: Value, scale: Value, zero: Value): Value =>
  g.op("QuantizeLinear", [x, scale, zero]);
