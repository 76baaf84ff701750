import type { Tensor } from "@athanor/core";
import { numberOf } from "../constant-tensor.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** A scale that numbers can be divided by, and where it is the given one. */
export interface UsableScale {
  readonly scale: Value;
  /** Ones and zeros of the scale's type; `undefined` where every scale is usable. */
  readonly mask: Value | undefined;
}

/**
 * Tells the scales with which numbers are rounded from those with which none are: 0, the infinite, and those whose reciprocal
 * is. Values that share such a scale are far outside of what whole numbers express, and have no slope.
 */
export function usableScale(g: GraphBuilder, scale: Value, known: Tensor | undefined): UsableScale {
  const numbers = known && Array.from({ length: known.size }, (_, i) => numberOf(known, i));
  if (numbers?.every(isUsable)) return { scale, mask: undefined };
  const ratio = g.abs(g.op("Reciprocal", [scale]));
  const isInRange = g.op("And", [g.greater(ratio, 0), g.less(ratio, Number.POSITIVE_INFINITY)]);
  return {
    scale: g.where(isInRange, scale, g.constant(1, scale.dtype as "float32")),
    mask: g.cast(isInRange, scale.dtype),
  };
}

function isUsable(scale: number): boolean {
  const ratio = Math.abs(Math.fround(1 / scale));
  return ratio > 0 && ratio < Number.POSITIVE_INFINITY;
}
