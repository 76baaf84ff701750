import type { GraphBuilder, Value } from "@athanor/onnx";
import { hashes, multiplier, type NgramTable } from "./ngram-table.ts";

/** The rows of a text's runs of tokens, 0 for those that are unknown or reach into the padding: int64 `[batch, tokens] → [batch, orders × tokens]`. */
export function ngramRows(g: GraphBuilder, ids: Value, { orders, slots }: NgramTable): Value {
  const rowOf = g.constant(slots);
  const later = Array.from({ length: orders }, (_, k) =>
    k === 0 ? ids : g.reshape(g.op("Pad", [ids, g.constant([0, -k, 0, k], "int64")]), ids.shape),
  );
  const rows = later.map((last, i) => {
    const run = later.slice(0, i + 1);
    const hash = run.reduce(
      (before, token) => g.op("Mod", [g.add(g.mul(before, multiplier), token), g.constant(hashes, "int64")]),
      g.constant(i + 1, "int64"),
    );
    return g.mul(g.cast(g.gather(rowOf, hash), "int64"), g.cast(g.op("Greater", [last, g.constant(0, "int64")]), "int64"));
  });
  return g.concat(rows, 1);
}
