import type { GraphBuilder, Value } from "@athanor/onnx";
import { sliceAxis } from "../../slice-axis.ts";
import type { SeriesShape } from "./series-shape.ts";

/** The last step of a sequence: `[batch, window, features] → [batch, features]`. */
export const lastStep = (g: GraphBuilder, x: Value, window: number): Value =>
  g.reshape(sliceAxis(g, x, 1, window - 1, window), [x.shape[0]!, x.shape[2]!]);

/** Adds changes `[batch, horizon × targets]` to the last step of a window: `[batch, horizon, targets]`. */
export function aheadOfLast(
  g: GraphBuilder,
  x: Value,
  changes: Value,
  { window, targets, horizon }: SeriesShape,
): Value {
  const last = sliceAxis(g, sliceAxis(g, x, 1, window - 1, window), 2, 0, targets);
  return g.add(g.reshape(changes, [x.shape[0]!, horizon, targets]), last);
}
