import { real } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/** Normalises the last axis: `[…, features]` keeps its shape. */
export const layerNorm = defineLayer({
  name: "layerNorm",
  options: { epsilon: real(1e-5, "added to the variance", { min: 0 }) },
  parameters: ({ shape }) => ({
    scale: { shape: [lengthOf(shape, -1)], init: "ones" as const },
    bias: { shape: [lengthOf(shape, -1)], init: "zeros" as const },
  }),
  build: ({ g, x, parameters: { scale, bias }, options: { epsilon } }) =>
    g.op("LayerNormalization", [x, scale, bias], { epsilon }),
});
