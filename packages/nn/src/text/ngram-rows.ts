import type { GraphBuilder, Value } from "@athanor/onnx";
import { multiplier, type NgramTable } from "./ngram-table.ts";

/**
 * The rows of a text's runs of tokens, those of each length after the shorter ones; 0 for those that are unknown or reach into the
 * padding: int64 `[batch, tokens] → [batch, orders × tokens]`.
 */
export const ngramRows = (g: GraphBuilder, ids: Value, table: NgramTable): Value =>
  g.concat(
    Array.from({ length: table.orders }, (_, i) => rowsOfRuns(g, ids, table, i + 1)),
    1,
  );

/** The rows of the runs of one length, by where they begin: int64 `[batch, tokens] → [batch, tokens]`. */
export function rowsOfRuns(g: GraphBuilder, ids: Value, { slots }: NgramTable, order: number): Value {
  const run = Array.from({ length: order }, (_, k) => moved(g, ids, k));
  const hash = run.reduce(
    (before, token) => g.op("Mod", [g.add(g.mul(before, multiplier), token), g.constant(slots.size, "int64")]),
    g.constant(order, "int64"),
  );
  const isWhole = g.op("Greater", [run.at(-1)!, g.constant(0, "int64")]);
  return g.where(isWhole, g.cast(g.gather(g.constant(slots), hash), "int64"), g.constant(0, "int64"));
}

/** Each place's number from so many places later, or earlier when negative, 0 where there is none: int64 `[batch, tokens]`. */
export const moved = (g: GraphBuilder, ids: Value, by: number): Value =>
  by === 0 ? ids : g.reshape(g.op("Pad", [ids, g.constant([0, -by, 0, by], "int64")]), ids.shape);
