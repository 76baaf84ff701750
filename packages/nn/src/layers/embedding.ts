import { integer, real, required } from "@athanor/core";
import { defineLayer } from "../define-layer.ts";

/** Rows of a learned table: whole numbers `[…] → […, size]`. */
export const embedding = defineLayer({
  name: "embedding",
  options: {
    count: integer(required, "rows of the table", { min: 1 }),
    size: integer(required, "length of a row", { min: 1 }),
    scale: real(1, "standard deviation of the initial rows", { min: 0 }),
  },
  parameters: ({ options: { count, size, scale } }) => ({
    table: { shape: [count, size], init: "normal" as const, scale },
  }),
  build: ({ g, x, parameters: { table } }) => g.gather(table, x),
});
