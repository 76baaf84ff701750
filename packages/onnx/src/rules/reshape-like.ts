import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** A value in the shape of another with as many elements, of whose lengths only the run may tell several. */
export const reshapeLike = (g: GraphBuilder, value: Value, like: Value): Value =>
  like.shape.filter((length) => typeof length === "string").length > 1
    ? g.op("Reshape", [value, g.op("Shape", [like])])
    : g.reshape(value, like.shape);
