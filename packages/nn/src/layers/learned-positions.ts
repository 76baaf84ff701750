import { real } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/** Adds a learned row to each place of a sequence: `[batch, steps, size]` keeps its shape. */
export const learnedPositions = defineLayer({
  name: "learnedPositions",
  options: { scale: real(0.02, "standard deviation of the initial rows", { min: 0 }) },
  parameters: ({ shape, options: { scale } }) => ({
    table: { shape: [lengthOf(shape, 1), lengthOf(shape, 2)], init: "normal" as const, scale },
  }),
  build: ({ g, x, parameters: { table } }) => g.add(x, table),
});
