import type { Value } from "../graph/graph-builder.ts";
import type { Dim } from "../model.ts";
import { axisOf, shapeError, staticShape } from "../shapes.ts";

export interface QuantizedParts {
  /** Shape of the value with its blocks apart, its own where there are none. */
  readonly apart: readonly Dim[];
  /** Shape under which a scale or zero point broadcasts against that. */
  readonly parameter: readonly number[];
  /** Axes over which elements share a scale. */
  readonly axes: readonly number[];
}

/** How a quantized value shares its scales: one for all, one a place on an axis, or one a block along it. */
export function quantizedParts(x: Value, scale: Value, axis: number, blockSize: number): QuantizedParts {
  const apart = x.shape;
  const lengths = staticShape("DequantizeLinear", scale);
  const all = [...apart.keys()];
  if (lengths.length === 0 || (lengths.length === 1 && lengths[0] === 1)) return { apart, parameter: [1], axes: all };
  const at = axisOf("DequantizeLinear", axis, x);
  if (blockSize === 0)
    return { apart, parameter: apart.map((_, i) => (i === at ? lengths[0]! : 1)), axes: all.filter((i) => i !== at) };
  const along = staticShape("DequantizeLinear", x)[at]!;
  if (along % blockSize !== 0)
    throw shapeError("DequantizeLinear", `blocks of ${blockSize} that fill axis ${at} for a gradient`, x);
  return {
    apart: apart.toSpliced(at, 1, along / blockSize, blockSize),
    parameter: lengths.toSpliced(at + 1, 0, 1),
    axes: [at + 1],
  };
}
