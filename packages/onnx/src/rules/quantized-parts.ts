import type { Value } from "../graph/graph-builder.ts";
import { axisOf, shapeError, staticShape } from "../shapes.ts";

export interface QuantizedParts {
  /** Shape of the value with its blocks apart. */
  readonly apart: readonly number[];
  /** Shape under which a scale or zero point broadcasts against that. */
  readonly parameter: readonly number[];
  /** Axes over which elements share a scale. */
  readonly axes: readonly number[];
}

/** How a quantized value shares its scales: one for all, one a place on an axis, or one a block along it. */
export function quantizedParts(x: Value, scale: Value, axis: number, blockSize: number): QuantizedParts {
  const apart = staticShape("DequantizeLinear", x);
  const lengths = staticShape("DequantizeLinear", scale);
  const all = [...apart.keys()];
  if (lengths.length === 0 || (lengths.length === 1 && lengths[0] === 1)) return { apart, parameter: [1], axes: all };
  const at = axisOf("DequantizeLinear", axis, x);
  if (blockSize === 0)
    return { apart, parameter: apart.map((length, i) => (i === at ? length : 1)), axes: all.filter((i) => i !== at) };
  if (apart[at]! % blockSize !== 0)
    throw shapeError("DequantizeLinear", `blocks of ${blockSize} that fill axis ${at} for a gradient`, x);
  return {
    apart: apart.toSpliced(at, 1, apart[at]! / blockSize, blockSize),
    parameter: lengths.toSpliced(at + 1, 0, 1),
    axes: [at + 1],
  };
}
