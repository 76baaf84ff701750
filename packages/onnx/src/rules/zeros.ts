import type { DType } from "@athanor/core";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** A tensor of zeros, made when the graph runs so that the model does not carry it. */
export const zeros = (g: GraphBuilder, shape: readonly number[], dtype: DType): Value =>
  g.op("ConstantOfShape", [g.constant(shape, "int64")], { value: g.zero(dtype) });
