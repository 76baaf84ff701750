import type { GraphBuilder, Value } from "@athanor/onnx";

/** 1 where a text has a token, 0 where it is padded: int64 `[…] → […]`. */
export const isToken = (g: GraphBuilder, ids: Value): Value =>
  g.cast(g.op("Greater", [ids, g.constant(0, "int64")]), "float32");

/** How many tokens each text has: int64 `[batch, tokens] → [batch]`. */
export const lengthsOf = (g: GraphBuilder, ids: Value): Value => g.cast(g.reduceSum(isToken(g, ids), [1]), "int64");
