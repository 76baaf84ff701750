import type { Value } from "./graph-builder.ts";
import type { Dim } from "./model.ts";

/** The shape under which a scale or zero point of one axis broadcasts against the quantized value; a scalar stays one. */
export const quantizedShape = (x: Value, parameter: Value, axis: number): readonly Dim[] => {
  if (parameter.shape.length !== 1 || parameter.shape[0] === 1) return parameter.shape.length === 0 ? [] : [1];
  const at = axis < 0 ? axis + x.shape.length : axis;
  return x.shape.map((_, i) => (i === at ? parameter.shape[0]! : 1));
};
