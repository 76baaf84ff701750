import type { GraphBuilder, Value } from "./graph-builder.ts";
import { knownSize } from "./shapes.ts";

/** Zeros of a value's type and shape, which may be known only when the graph runs. */
export const zerosLike = (g: GraphBuilder, { shape, dtype, ...rest }: Value): Value =>
  g.op(
    "ConstantOfShape",
    [
      knownSize(shape) === undefined
        ? g.op("Shape", [{ shape, dtype, ...rest }])
        : g.constant(shape as readonly number[], "int64"),
    ],
    { value: g.zero(dtype) },
  );
