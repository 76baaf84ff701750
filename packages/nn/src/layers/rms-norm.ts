import { real } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/**
 * Divides the last axis by its root mean square: `[…, features]` keeps its shape.
 *
 * @see Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467
 */
export const rmsNorm = defineLayer({
  name: "rmsNorm",
  options: { epsilon: real(1e-5, "added to the mean square", { min: 0 }) },
  parameters: ({ shape }) => ({ scale: { shape: [lengthOf(shape, -1)], init: "ones" as const } }),
  build: ({ g, x, parameters: { scale }, options: { epsilon } }) =>
    g.op("RMSNormalization", [x, scale], { epsilon, axis: -1 }),
});
