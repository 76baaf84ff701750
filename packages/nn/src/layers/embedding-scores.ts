import { integer, real, required } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/**
 * Scores of the rows of a table, by their products with a value: `[…, size] → […, count]`. Under the name of an `embedding` it
 * shares the table.
 *
 * @see Press and Wolf 2017, https://arxiv.org/abs/1608.05859
 */
export const embeddingScores = defineLayer({
  name: "embeddingScores",
  options: {
    count: integer(required, "rows of the table", { min: 1 }),
    scale: real(1, "standard deviation of the initial rows", { min: 0 }),
  },
  parameters: ({ shape, options: { count, scale } }) => ({
    table: { shape: [count, lengthOf(shape, -1)], init: "normal" as const, scale },
    bias: { shape: [count], init: "zeros" as const },
  }),
  build: ({ g, x, parameters: { table, bias } }) => g.add(g.matMul(x, g.transpose(table)), bias),
});
