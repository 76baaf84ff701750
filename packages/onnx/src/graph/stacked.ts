import type { GraphBuilder, Value } from "./graph-builder.ts";

/** Values side by side along a new axis. */
export const stacked = (g: GraphBuilder, parts: readonly Value[], axis: number): Value =>
  g.concat(
    parts.map((part) => g.op("Unsqueeze", [part, g.constant([axis], "int64")])),
    axis,
  );
