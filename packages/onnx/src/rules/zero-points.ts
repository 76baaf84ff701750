import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { knownSize } from "../shapes.ts";

/** Whether all numbers have one zero point: the runtime's kernels take no other everywhere. */
export const isSingle = (zero: Value | undefined): boolean => zero === undefined || knownSize(zero.shape) === 1;

/** A row of zero points as it broadcasts against a value whose axis they belong to. */
export const alongAxis = (g: GraphBuilder, zero: Value, axis: number, rank: number): Value =>
  zero.shape.length === 1
    ? g.reshape(
        zero,
        Array.from({ length: rank }, (_, i) => (i === axis ? zero.shape[0]! : 1)),
      )
    : zero;
