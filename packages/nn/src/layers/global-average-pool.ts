import { defineLayer } from "../define-layer.ts";

/** Mean of each map: `[batch, channels, …] → [batch, channels]`. */
export const globalAveragePool = defineLayer({
  name: "globalAveragePool",
  options: {},
  build: ({ g, x }) => g.op("Flatten", [g.op("GlobalAveragePool", [x])]),
});
