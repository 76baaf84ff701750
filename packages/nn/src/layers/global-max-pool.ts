import { defineLayer } from "../define-layer.ts";

/** Maximum of each map: `[batch, channels, …] → [batch, channels]`. */
export const globalMaxPool = defineLayer({
  name: "globalMaxPool",
  options: {},
  build: ({ g, x }) => g.op("Flatten", [g.op("GlobalMaxPool", [x])]),
});
