import { integer, real, required } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/**
 * Sum of the rows of a learned table, whose weights are scaled to length 1: weights `[batch, places]` and the extra `rows`, int64
 * of the same shape, `→ [batch, size]`.
 */
export const weightedRows = defineLayer({
  name: "weightedRows",
  options: {
    count: integer(required, "rows of the table", { min: 1 }),
    size: integer(required, "length of a row", { min: 1 }),
    scale: real(0.1, "standard deviation of the initial rows", { min: 0 }),
  },
  parameters: ({ options: { count, size, scale } }) => ({
    table: { shape: [count, size], init: "normal" as const, scale },
  }),
  build({ g, x, extras: { rows }, parameters: { table } }) {
    const length = g.sqrt(g.add(g.reduceSum(g.mul(x, x), [1], true), 1e-9));
    const weights = g.op("Unsqueeze", [g.div(x, length), g.constant([1], "int64")]);
    const sums = g.matMul(weights, g.gather(table, rows!));
    return g.reshape(sums, [x.shape[0]!, lengthOf(table.shape, 1)]);
  },
});
